//! Whether an amount is some other money than base pay, by the words around it: funding, allowances, bonuses, totals.

use super::amounts::Amount;
use crate::domain::text::{head, tail};
use crate::reading::pattern;

/// Whether the words around these amounts (one, or two ends of a range) make them no base pay.
pub(super) fn is_other(text: &str, one: &Amount, last: &Amount) -> bool {
    let before = &tail(&text[..one.start], 90).replace("incl.", "incl");
    let after = head(&text[last.end..], 60);
    // What stands in another cell of a header is about something else: "| 1% equity | $120k".
    let near = tail(before, 40).rsplit('|').next().unwrap_or_default();
    let what = pattern!(
        r"(401|\b(ote|on[- ]target|bonus|sign[- ]on|signing|equity|options?|stock|raised|raising|funding|funded|series [a-e]|revenue|arr|valuation|valued|budget|stipend|allowance|subsid(y|ies)|gifts?|rewards?|awards?|sponsor(ed|ship)|vouchers?|coverage|reimburs\w*|credits?|per (month|year) (for|towards) (gym|learning|education|wellness|internet)|customers|users|invested|investment|backed|insurance|(health|medical|life) cover|mediclaim|deductible|hsa|hra|fsa|fertility|match(ing)?|donat\w+|prize|market (size|cap\w*|share)|addressable|assets|aum|transactions?|volume|payments? of|processed|billion|grant|loan|referral|fine|price[ds]?|cost|save[sd]?|worth|quota|deal size|deals?|acv|on-call|call-?out|shift allowance|per diem|overtime|extra|rooms?|rent|vr|va|lessons?|classes|courses?|commut\w*|welfare|take-home|accommodation|housing|perks?|visas?|school|cover of|fees? support|airtime|co-?working|desk|grants?|meal tickets?|up to \$?\d+ (in|for|towards) |commission)\b)"
    );
    // "Bonus, and a base salary of $X": what stands last counts.
    let last_of = |pattern: &regex::Regex| pattern.find_iter(near).last().map(|found| found.start());
    if last_of(what).is_some_and(|not| last_of(pattern!(r"\b(base|salary)\b")).is_none_or(|base| base < not))
    {
        return true;
    }
    // What one may earn in all is not base pay; "total compensation … of which base salary $X" turns to the base.
    let in_all = pattern!(
        r"\b(total|overall|first[- ]year|all[- ]in|expected|potential|average|uncapped)( \w+){0,2}[- ](comp(ensation)?|cash|earnings?|package|remuneration|rewards?|income)\b[^.;]{0,60}$|\b(compensation|earnings?|earning|income) (potential|opportunity|growth)\b[^.;]{0,40}$|\b(tc|commissions?[- ]only)\b[^.;]{0,20}$"
    );
    if in_all.is_match(before)
        && !before.contains("component of total")
        && !pattern!(r"\b(base|basic|fixed|salary|salaries)\b[^.;]{0,50}$").is_match(near)
    {
        return true;
    }
    // "We do about $900k a year in sales": what a company takes in.
    if pattern!(r"\b(we|shop|store|business|company|they) (do|did|does|make|made|earned)\b[^.;$€£\d]{0,20}$|\b(?:turned over|turnover of)\b[^.;$€£\d]{0,40}$").is_match(before) {
        return true;
    }
    // A benefit's amount may stand far behind its name, within the sentence.
    let benefit = pattern!(
        r"\b(allowances?|stipends?|subsid(y|ies)|reimburs\w+|gifts?|certificates?|certifications?|training|insurance|tuition|relocation|vouchers?)\b[^.;]{0,90}$"
    );
    if benefit.is_match(before)
        && !pattern!(r"\b(base|salary|salaries|pay|compensation)\b[^.;]{0,40}$").is_match(before)
    {
        return true;
    }
    // "+ bonus" adds to the pay before it; "($5,000 bonus)" is one.
    let behind = pattern!(
        r"^[\s(]{0,3}ote\b|^[^\w+&,|.;]{0,3}(mrr\b|arr\b|gmv\b|in (sales|orders|deliveries|gmv)|acv|to relocate|(for )?(relocation|referral)|(annual(ly)? |yearly )?(tc\b|total comp)|on[- ]target|((signing|sign-on|annual|performance|joining|retention|welcome|completion|one[- ]time) )*bonus|in (funding|revenue|equity|arr|stock)|billion|bn\b|mm\b|(million|m) (in|users|customers|series)|employees|people|customers|users|countries|series|stipend|allowance|lifetime|sign[- ]on|grant|(?:a |per |each )?month(?:ly)? on top|monthly on top|hours|h\b ?(/|per|a|$)|hrs|days|weeks|months|years|yrs|raised|budget|%|\+? (members|clients|companies|engineers|stores))"
    );
    // "₱40,000 yearly learning budget", "₦100k/month power and data stipend".
    let purpose = pattern!(
        r"^[^.;,+(\n\d]{0,40}\b((referral|sign[- ]?on|signing|joining|welcome|retention|spot|holiday|completion) bonus|stipend|allowance|vouchers?|(learning|training|education|equipment|wellness|conference|travel|home[ -]office|internet|book)s? (budget|fund|credit))\b"
    );
    // "(bonus is separate)" says nothing against the pay before it.
    let apart = pattern!(r"^\W{0,4}(?:/ ?year )?\(?bonus (is |are )?(included|separate|incl|not|excluded)\b");
    if purpose.is_match(after) && !pattern!(r"^[^.;,+\n\d]{0,30}\b(plus|and an?|with an?)\b").is_match(after)
    {
        return true;
    }
    behind.is_match(after) && !apart.is_match(after) || is_announced_as_total(&text[..one.start])
}

/// "The total targeted cash range for this role is listed below. …": said sentences before its amounts.
fn is_announced_as_total(before: &str) -> bool {
    let total = pattern!(
        r"\b(total target(ed)?( cash| annual)?( compensation)?|on[- ]target earnings|ote) (pay |salary |compensation )?ranges?\b[^.;:]{0,60}\b(below|follow(s|ing)?)\b"
    );
    let base = pattern!(r"\b(base|salary)( pay| salary)? ranges?\b|\bbase( pay| salary)?\s?[:=(]");
    let before = tail(before, 1_000);
    // Many amounts may follow one another: the patterns are for the few texts that announce something.
    if !before.contains("below") && !before.contains("follow") {
        return false;
    }
    total.find_iter(before).last().is_some_and(|found| !base.is_match(&before[found.end()..]))
}
