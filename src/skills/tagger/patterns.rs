//! All that the tagger looks for, made from the catalog: names, words of context, vetoes, and turns of phrase.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::cues::{CUES, Cue};
use super::scan::is_word;
use super::trie::{Builder, Trie};
use crate::skills::catalog::{Catalog, Rules, Skill, key};

/// A place in the catalog's list.
pub(super) type SkillNo = u32;

/// One skill that a name may stand for, and on which terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) skill: SkillNo,
    /// Needs evidence from the text around it.
    pub(super) weak: bool,
    /// Words of context are no evidence, only a list is.
    pub(super) list_only: bool,
    /// Spellings for which a capital within a sentence, or small letters of their own, are evidence.
    pub(super) proper: Vec<String>,
    /// A field of work, after which people and teams are named.
    pub(super) field: bool,
    /// The spellings that count; empty when any case does.
    pub(super) exact: Vec<String>,
}

/// A few skills.
#[derive(Debug, Clone, Default)]
pub(super) struct Skills {
    /// A bit for each, by its number's last six bits: most questions end here, without a search.
    bits: u64,
    /// In order.
    list: Vec<SkillNo>,
}

impl Skills {
    /// Adds one with a number higher than all before.
    fn add(&mut self, skill: SkillNo) {
        self.bits |= 1 << (skill % 64);
        self.list.push(skill);
    }

    pub(super) fn has(&self, skill: SkillNo) -> bool {
        self.bits >> (skill % 64) & 1 == 1 && self.list.binary_search(&skill).is_ok()
    }
}

/// What a pattern of the trie means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A name, by place in [`Patterns::forms`].
    Form(u32),
    /// A word of context, by number; `true` when it may go on ("proficien…").
    Hint(u32, bool),
    /// A phrase that forbids, by number; `true` when it need only stand near.
    Veto(u32, bool),
    /// A turn of phrase.
    Cue(Cue),
}

/// Everything in one trie, with what it means.
#[derive(Debug)]
pub(super) struct Patterns {
    pub(super) trie: Trie<Meaning>,
    pub(super) forms: Vec<Vec<Owner>>,
    /// Word of context, by number → the skills that it proves.
    pub(super) hints: Vec<Skills>,
    /// Phrase, by number → the skills that it forbids.
    pub(super) vetoes: Vec<Skills>,
    /// Every name's key → its skills, for the tags that a board gives.
    pub(super) keys: HashMap<String, BTreeSet<SkillNo>>,
    /// Dotted names in lower case, such as `asp.net`.
    pub(super) dotted: HashSet<String>,
}

impl Patterns {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let mut making = Making::default();
        let mut keys: HashMap<String, BTreeSet<SkillNo>> = HashMap::new();
        let mut dotted = HashSet::new();
        for ((skill, rules), no) in catalog.ruled().zip(0..) {
            for (form, owner) in names(skill, rules, no) {
                keys.entry(key(&form)).or_default().insert(no);
                if form.trim_start_matches('.').contains('.') {
                    dotted.insert(form.to_lowercase());
                }
                making.form(&form, owner);
            }
            keys.entry(key(skill.id.as_str())).or_default().insert(no);
            for hint in &rules.hints {
                let open = hint.len() >= 7 && hint.chars().all(char::is_alphanumeric);
                let hint = making.word(hint, |word| Meaning::Hint(word, open));
                making.hints.insert((hint, no));
            }
            for veto in &rules.vetoes {
                if let Some(near) = reach(veto, skill, rules) {
                    let veto = making.word(veto, |word| Meaning::Veto(word, near));
                    making.vetoes.insert((veto, no));
                }
            }
        }
        for (cue, phrases) in CUES {
            for phrase in phrases {
                making.builder.add(phrase, false, Meaning::Cue(cue));
            }
        }
        Self {
            trie: making.builder.build(),
            forms: making.forms,
            hints: by_word(&making.hints),
            vetoes: by_word(&making.vetoes),
            keys,
            dotted,
        }
    }
}

#[derive(Default)]
struct Making {
    builder: Builder<Meaning>,
    forms: Vec<Vec<Owner>>,
    by_form: HashMap<String, u32>,
    words: HashMap<String, u32>,
    hints: BTreeSet<(u32, SkillNo)>,
    vetoes: BTreeSet<(u32, SkillNo)>,
}

impl Making {
    fn form(&mut self, form: &str, owner: Owner) {
        let lower = form.to_lowercase();
        if let Some(&no) = self.by_form.get(&lower) {
            let owners = &mut self.forms[no as usize];
            if owners.iter().all(|other| other.skill != owner.skill) {
                owners.push(owner);
            }
            return;
        }
        let no = number(self.forms.len());
        self.forms.push(vec![owner]);
        self.by_form.insert(lower, no);
        self.builder.add(form, false, Meaning::Form(no));
    }

    /// The number of a word of context or a veto; each stands in the trie once.
    fn word(&mut self, word: &str, meaning: impl Fn(u32) -> Meaning) -> u32 {
        let word = word.to_lowercase();
        let next = number(self.words.len());
        let shown = meaning(0);
        // The same words may serve as hint and as veto, near and not.
        let name = format!("{shown:?} {word}");
        if let Some(&no) = self.words.get(&name) {
            return no;
        }
        self.words.insert(name, next);
        let meaning = meaning(next);
        self.builder.add(&word, matches!(meaning, Meaning::Hint(_, true)), meaning);
        next
    }
}

fn by_word(pairs: &BTreeSet<(u32, SkillNo)>) -> Vec<Skills> {
    let mut lists = vec![Skills::default(); pairs.last().map_or(0, |(word, _)| *word as usize + 1)];
    for &(word, skill) in pairs {
        lists[word as usize].add(skill);
    }
    lists
}

fn number(len: usize) -> u32 {
    u32::try_from(len).expect("a skill catalog has far fewer than four milliards of names")
}

/// All spellings of a skill's names, each with its terms. Spellings of the catalog come before those made here.
fn names(skill: &Skill, rules: &Rules, no: SkillNo) -> Vec<(String, Owner)> {
    let lower = |set: &BTreeSet<String>| set.iter().map(|form| form.to_lowercase()).collect::<BTreeSet<_>>();
    let (weak, list_only, never) = (lower(&rules.weak), lower(&rules.list_only), lower(&rules.never));
    let mut exact: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for form in &rules.case {
        exact.entry(form.to_lowercase()).or_default().push(form.clone());
    }
    let mut found: Vec<(String, Owner)> = Vec::new();
    let mut seen = BTreeSet::new();
    let given = [&skill.name].into_iter().chain(&skill.aliases).chain(&skill.covers);
    for form in given {
        let folded = form.to_lowercase();
        if never.contains(&folded) || !seen.insert(folded.clone()) {
            continue;
        }
        let owner = Owner {
            skill: no,
            weak: weak.contains(&folded),
            list_only: list_only.contains(&folded),
            proper: rules.proper.iter().filter(|form| form.to_lowercase() == folded).cloned().collect(),
            field: matches!(skill.kind.as_str(), "practice" | "domain"),
            exact: exact.get(&folded).cloned().unwrap_or_default(),
        };
        found.push((form.clone(), owner));
    }
    let mut made = Vec::new();
    for (form, owner) in &found {
        // Cased names are names; only phrases take an s or change their hyphens.
        if !owner.exact.is_empty() {
            continue;
        }
        let mut spellings = vec![form.replace(' ', "-"), form.replace('-', " ")];
        if matches!(skill.kind.as_str(), "practice" | "domain")
            && form.contains(' ')
            && form.ends_with(|c: char| c.is_ascii_lowercase() && c != 's')
        {
            spellings.push(format!("{form}s"));
        }
        for spelling in spellings {
            if seen.insert(spelling.to_lowercase()) {
                made.push((spelling, owner.clone()));
            }
        }
    }
    found.extend(made);
    found
}

/// Words that stand before skills as well as before everyday words.
const SMALL_WORDS: [&str; 24] = [
    "a", "an", "and", "as", "at", "be", "by", "can", "for", "from", "in", "is", "of", "on", "or", "our",
    "the", "to", "us", "we", "will", "with", "you", "your",
];

/// How a veto works: over the hit (`false`), near it (`true`), or not at all (`None`).
///
/// A veto such as "to react" only repeats what the case rule of "React" says already, and would forbid
/// "migrate to React"; it is left out. "Black box" forbids "Black Box" too.
fn reach(veto: &str, skill: &Skill, rules: &Rules) -> Option<bool> {
    let lower = veto.to_lowercase();
    let forms = [&skill.name].into_iter().chain(&skill.aliases).chain(&skill.covers);
    let mut holds = false;
    let mut useful = false;
    for form in forms {
        let folded = form.to_lowercase();
        for (at, _) in lower.match_indices(&folded) {
            // "Varian" does not hold "aria".
            let within = |c: Option<char>| c.is_some_and(is_word);
            if within(lower[..at].chars().next_back()) || within(lower[at + folded.len()..].chars().next()) {
                continue;
            }
            holds = true;
            let cased: Vec<&String> =
                rules.case.iter().filter(|case| case.to_lowercase() == folded).collect();
            let written = veto.get(at..at + folded.len()).unwrap_or_default();
            let rest = lower[..at].split_whitespace().chain(lower[at + folded.len()..].split_whitespace());
            useful |= at == 0
                || cased.is_empty()
                || cased.iter().any(|case| *case == written)
                || rest.into_iter().any(|word| !SMALL_WORDS.contains(&word));
        }
    }
    match (holds, useful) {
        (false, _) => Some(true),
        (true, true) => Some(false),
        (true, false) => None,
    }
}
