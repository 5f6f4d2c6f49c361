//! Pay that a header states by nothing but its amount: "Acme | Berlin | 90k–120k + equity | https://…".

use super::amounts::Amount;
use crate::domain::text::{head, tail};
use crate::reading::pattern;

/// How many bytes of a cell are looked at on either side of the amount.
const CELL: usize = 120;

/// Whether these amounts are all that a cell of a header says, but for the words that go with pay.
pub(super) fn is_pay(text: &str, one: &Amount, last: &Amount) -> bool {
    // "1–2%", "3-4": a cell without a currency must at least speak of thousands.
    // "$3000-4200 | Full remote": a range may be of a month.
    let range = one.start != last.start && one.currency.is_some() && one.value >= 1_000.0;
    let thousands = last.kilo || last.value >= 20_000.0 || range;
    if !thousands || (one.currency.is_none() && last.currency.is_none() && !last.kilo) {
        return false;
    }
    let border = pattern!(r"[|\n]|\s[-–—]\s");
    let (before, after) = (tail(&text[..one.start], CELL), head(&text[last.end..], CELL));
    let (left, right) = (border.find_iter(before).last(), border.find(after));
    if left.is_none() && right.is_none() {
        return false;
    }
    let before = &before[left.map_or(0, |mark| mark.end())..];
    let after = &after[..right.map_or(after.len(), |mark| mark.start())];
    let goes_with = pattern!(
        r"^\W*(?:(?:[\d.]+|up|to|from|base|salary|comp|no|plus|and|or|w|with|equity|stock|shares|options|tokens|bonus|benefits|doe|doq|usd|eur|gbp|a|per|year|yr|annum|annually|gross|negotiable|competitive|range|depending|on|experience|significant|generous|meaningful|great|good|everybody|everyone|earns?|the|same|for|all)\b\W*)*$"
    );
    goes_with.is_match(before) && goes_with.is_match(after)
}
