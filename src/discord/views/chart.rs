//! Charts as PNG: lines over days, and bars to both sides of nothing. Dark on white, so that they read on any theme;
//! colours that differ in brightness too, and names beside what they name.

use std::sync::Once;

use chrono::DateTime;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::domain::time::DAY;

/// Width of a chart in pixels.
const WIDTH: u32 = 960;

/// Blue, orange, green: told apart also by those who see few colours.
const COLOURS: [RGBColor; 3] =
    [RGBColor(0x1d, 0x4e, 0xd8), RGBColor(0xea, 0x58, 0x0c), RGBColor(0x15, 0x80, 0x3d)];
const INK: RGBColor = RGBColor(0x1f, 0x29, 0x37);
const PALE: RGBColor = RGBColor(0xe5, 0xe7, 0xeb);

/// One line of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it is of.
    pub name: String,
    /// Day (since 1970) and value, rising by day.
    pub points: Vec<(i64, i64)>,
}

type Canvas<'a> = DrawingArea<BitMapBackend<'a>, Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<<BitMapBackend<'static> as DrawingBackend>::ErrorType>>;

/// Up to three lines over the same days, each with its name and last value at its end; `None` when there is nothing to
/// draw.
#[must_use]
pub fn lines(title: &str, series: &[Series]) -> Option<Vec<u8>> {
    let days = || series.iter().flat_map(|one| one.points.iter().map(|point| point.0));
    let (from, to) = (days().min()?, days().max()?);
    let most = series.iter().flat_map(|one| one.points.iter().map(|point| point.1)).max()?.max(4);
    if from == to {
        return None;
    }
    image(420, |canvas| {
        canvas.draw(&Text::new(title.to_owned(), (24, 18), font(22).color(&INK)))?;
        let mut chart = ChartBuilder::on(canvas)
            .margin_top(60)
            .margin_bottom(14)
            .margin_left(14)
            .margin_right(190)
            .x_label_area_size(34)
            .y_label_area_size(54)
            .build_cartesian_2d(from..to, 0..most + most / 10)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(PALE)
            .axis_style(INK.mix(0.4))
            .x_labels(7)
            .y_labels(5)
            .x_label_formatter(&|day| date(*day))
            .label_style(font(15).color(&INK))
            .draw()?;
        // Names that would stand on one another move apart.
        let mut ends: Vec<(i32, usize)> = Vec::new();
        for (number, one) in series.iter().take(COLOURS.len()).enumerate() {
            chart
                .draw_series(LineSeries::new(one.points.iter().copied(), COLOURS[number].stroke_width(3)))?;
            if let Some(last) = one.points.last() {
                ends.push((chart.backend_coord(last).1, number));
            }
        }
        ends.sort_unstable();
        let right = i32::try_from(WIDTH).unwrap_or(0) - 184;
        let mut below = i32::MIN;
        for (height, number) in ends {
            let one = &series[number];
            let height = height.max(below);
            below = height + 20;
            let last = one.points.last().map_or(0, |point| point.1);
            let style = font(16).color(&COLOURS[number]).pos(Pos::new(HPos::Left, VPos::Center));
            canvas.draw(&Text::new(format!("{} {last}", shortened(&one.name)), (right, height), style))?;
        }
        Ok(())
    })
}

/// Bars from nothing to the right (more) and to the left (less), with names and values in percent; `None` without any.
#[must_use]
pub fn bars(title: &str, rows: &[(String, i64)]) -> Option<Vec<u8>> {
    const ROW: i32 = 30;
    if rows.is_empty() {
        return None;
    }
    let most = rows.iter().map(|row| row.1.abs()).max()?.max(1);
    let height = 70 + ROW * i32::try_from(rows.len()).unwrap_or(1);
    image(u32::try_from(height).unwrap_or(420), |canvas| {
        canvas.draw(&Text::new(title.to_owned(), (24, 18), font(22).color(&INK)))?;
        let (middle, room) = (600, 250);
        for (row, (name, percent)) in rows.iter().enumerate() {
            let top = 60 + ROW * i32::try_from(row).unwrap_or(0);
            let long = i32::try_from(percent.abs() * room / most).unwrap_or(0).max(2);
            let (left, right) = if *percent < 0 { (middle - long, middle) } else { (middle, middle + long) };
            let colour = if *percent < 0 { COLOURS[1] } else { COLOURS[0] };
            canvas.draw(&Rectangle::new([(left, top + 4), (right, top + ROW - 5)], colour.filled()))?;
            let middle_of_row = top + ROW / 2;
            let named = font(16).color(&INK).pos(Pos::new(HPos::Left, VPos::Center));
            canvas.draw(&Text::new(shortened(name), (24, middle_of_row), named))?;
            let (at, side) = if *percent < 0 { (left - 6, HPos::Right) } else { (right + 6, HPos::Left) };
            let value = font(15).color(&INK).pos(Pos::new(side, VPos::Center));
            canvas.draw(&Text::new(format!("{percent:+} %"), (at, middle_of_row), value))?;
        }
        let axis = vec![(middle, 56), (middle, height - 8)];
        canvas.draw(&PathElement::new(axis, INK.mix(0.5)))?;
        Ok(())
    })
}

/// A white image of this height that `draw` fills, as PNG.
fn image(height: u32, draw: impl Fn(&Canvas<'_>) -> Drawn) -> Option<Vec<u8>> {
    static FONT: Once = Once::new();
    FONT.call_once(|| {
        let bytes = include_bytes!("../../../config/fonts/DejaVuSans.ttf");
        // The font is compiled in and read by a test.
        let _ = plotters::style::register_font("sans-serif", FontStyle::Normal, bytes);
    });
    let mut pixels = vec![0; (WIDTH * height * 3) as usize];
    {
        let canvas = BitMapBackend::with_buffer(&mut pixels, (WIDTH, height)).into_drawing_area();
        let drawn = canvas.fill(&WHITE).and_then(|()| draw(&canvas)).and_then(|()| canvas.present());
        if let Err(error) = drawn {
            tracing::warn!("a chart could not be drawn: {error}");
            return None;
        }
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, WIDTH, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).ok()?;
    Some(out)
}

fn font(size: i32) -> FontDesc<'static> {
    ("sans-serif", size).into_font()
}

/// "3 May".
fn date(day: i64) -> String {
    DateTime::from_timestamp_millis(day * DAY).map(|at| at.format("%-d %b").to_string()).unwrap_or_default()
}

/// A name that fits beside its line or bar.
fn shortened(name: &str) -> String {
    super::super::words::shorten(name, 26)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_are_images_within_reason_or_nothing() {
        let series = |name: &str, many: i64| Series {
            name: name.to_owned(),
            points: (0..90).map(|day| (20_000 + day, many + day * day % 17)).collect(),
        };
        let drawn =
            lines("Open openings", &[series("Rust", 40), series("Event-driven architecture", 41)]).unwrap();
        assert!(drawn.starts_with(b"\x89PNG") && drawn.len() < 200_000, "{}", drawn.len());
        assert_eq!(lines("Nothing", &[]), None);
        assert_eq!(lines("One day", &[Series { name: "Go".into(), points: vec![(1, 1)] }]), None);
        let rows: Vec<(String, i64)> = (-5..6).map(|n| (format!("Skill {n}"), n * 13)).collect();
        let drawn = bars("What rises and falls", &rows).unwrap();
        assert!(drawn.starts_with(b"\x89PNG") && drawn.len() < 200_000);
        assert_eq!(bars("Nothing", &[]), None);
    }
}
