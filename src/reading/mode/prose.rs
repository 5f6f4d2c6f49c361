//! Work mode from plain statements: "this is a fully remote role", "no telework", "three days a week in the office".

use crate::domain::level::WorkMode;
use crate::domain::text::tail;
use crate::reading::sections::telling;
use crate::reading::{Read, any_of, days, pattern};

/// What plain statements of a text say; some days at home outweigh all else.
pub(super) fn read(text: &str) -> Read<WorkMode> {
    // Few lines speak of it, and the patterns are long.
    let text = &*telling(
        text,
        pattern!(
            r"remot|hybrid|h[íi]brid|office|büro|on[ -]?site|home|person|telework|telecommut|télétravail|wfh|wfo|premises|distributed|anywhere|presen|\blab\b|studio|building|mobil|lugar|day|tage|#LI-"
        ),
    );
    let not_remote = any_of![
        r"\bnot (a )?(fully )?remote\b",
        r"\bno remote\b",
        r"\bnot an? (work from home|remote|wfh|hybrid)\b",
        r"\b(cannot|can't|can not) be (performed |done |carried out )?(remote(ly)?|from home)\b",
        r"\bremote work is not\b",
        r"\b(?:isn['’]t|not|never) (?:an? )?(?:fully )?remote\b",
        r"\bnot suitable for remote\b",
        r"\bnothing (?:with|about this job is) remote\b",
        r"[.;|] remote(?: work\w*| attendance)?\s*[:?]\s*(?:no|nil|none|sorry, no)\b",
        r"\bremote(?: or hybrid)? work(?:ing)? (?:isn['’]t|was discontinued)\b",
        r"\bnot (currently )?(open|available) (to|for) remote\b",
        r"\bnot eligible for remote\b",
        r"\bno option to work remotely\b",
        r"\b(home ?office|home working|remote( work(ing)?)?|wfh|telework\w*|work(ing)? from home) (is|are)(n't|n’t| currently not| unfortunately not| not) (possible|available|offered|an option|allowed|supported)\b",
        r"(?m:^remote\s*[:?]\s*no\b)",
        r"\b(?:home ?office|work(?:ing)? from home|wfh|remote(?: work(?:ing)?)?) (?:is|are) [^.;\n]*?\bnot (?:possible|available|offered|an option|allowed|supported|applied|applicable)\b",
        r"\b(?:remote work|telework\w*|working from home) (?:cannot|can['’]t|can not) be (?:authori[sz]ed|approved|offered|granted)\b",
    ];
    let remote = any_of![
        r"\b(fully|100%|completely|entirely)[ -]remote",
        r"\bremote[ -](first|only)( (company|team|role|position|culture))?",
        r"\b(this|the) (is a |role is |position is |job is |opportunity is )(a )?(fully |100% |completely |permanent )?remote",
        r"\bwork(ing)? (remotely )?from anywhere",
        r"\b(role|position|job) (can|may) be (performed |done |based )?remote(ly)?",
        r"\bcan be remote",
        r"\bremote (role|position|job|opportunity)\b",
        r"\bwork(ing)? (fully |100% )?remotely",
        r"\bwe('re| are) (a )?(fully |globally )?(remote|distributed)( (company|team))?",
        r"\bremote (in|within|from|across|anywhere)( |$)",
        r"\b[,(] ?(and )?work(ing)? from home[,.;)]",
        r"\b[\[(]remote[,\])]",
        r"\bfrom home or (in|at|from) ",
        r"\bhome or (the |our )?office",
        r"\bfull(y)? remote\b",
        r"\b(?:no|never had an?|don['’]t have an?|without an?|have no|there is no|there['’]s no|isn['’]t an?|haven['’]t (?:got )?an?) (?:physical |central |single |fixed )?(?:office|headquarters|hq)s?(?: to come to|[.,:!?)]| and | or | since | because )",
        r"\bwork(?:s|ing)? (?:from|in|out of) (?:our|their|your) (?:own )?(?:homes?|kitchens?|houses?)\b",
        r"\bdistributed (?:over|across|between|among|in) \w+ (?:countries|time ?zones|states|cities|continents)\b",
        r"\b(?:live|sit|work) (?:anywhere|wherever)\b",
        r"\b(?:be|work|or) (?:from )?wherever you (?:like|want|live|are|please|choose|happen)\b",
        r"\b(?:everyone|everybody|all of us|we all|the (?:whole|entire) (?:team|company)) (?:works?|is|are) (?:fully )?(?:remote(?:ly)?|(?:from|at) home)\b",
        r"\bremote status\W{1,5}(?:fully )?remote\b",
        r"\b(?:you|and|who) works? from home\b",
        r"\bpermanent (?:wfh|work[ -]from[ -]home)\b",
        r"(?m:^)[^\w\n]*work from home [-–]",
        r"\bteam (?:is )?(?:fully )?distributed (?:in|across|over)\b",
        r"\bfrom any ?(?:place|where) in (?-i:[A-Z])\w+",
        r"\b(?:fully|completely|entirely) from home\b",
        r"\bof us live in \d+ (?:states|countries|cities)\b",
        r"\bany ?(?:place|where) in (?-i:[A-Z])\w+ is (?:ok|okay|fine)\b",
        r"\bwork from home (role|position|job)",
        r"\bopen to remote",
        r"\bremote (work )?(is )?(ok|okay|possible|fine|welcome)\b",
        r"(?m:^[-*•\s]*(fully )?remote([.,;]|\s*[:?]\s*(yes|ok|possible))?\s*($|\())",
        r"(?:(?m:^)|[.!)] )[^\w\n]{0,3}(fully |100% )?remote(\s?[,.;:(–—-]| (from|with|but|or|only|ok|anywhere|worldwide|globally)\b)",
    ];
    let onsite = any_of![
        r"\((on[ -]?site|in[ -]person|in[ -]office)\)",
        r"\b(5|five|6|six) days,? (a week )?on[ -]?site\b",
        r"\boffice[^.;\n]*?, mon\w*\W+(to |through |- ?)?fri",
        r"\b(fully |100% )?(on[ -]?site|in[ -]office|in[ -]person) (role|position|job|work|only|required|presence|(5|five) days)\b",
        r"\b(this|the|our) (role|position|job|internship|work|team) (is|works) (fully |100% )?(on[ -]?site|in[ -]office|in[ -]person)\b",
        r"\bon[ -]?site\s*[:?]\s*(yes|required|5|five|fully|full)\b",
        r"\bin[ -]person (?:with|team|company|culture)\b",
        r"\b(?:positions?|roles?|jobs?) are (?:all )?(?:based )?(?:at|in) (?:our|the) (?:[\w-]+ ){0,3}office\b",
        r"(?:(?m:^)[^\w\n]*|\| ?)(?:at|in) (?:the )?office[^\w\n]*(?m:$)",
        r"\bnot (?:a )?(?:job|role|position|work) for (?:the )?home ?office\b",
        r"(?:\bso|[,;:–-]) on[ -]?site in (?-i:[A-Z])\w*",
        r"\bbe here in person\b",
        r"\b(?:office|site)[ -]based\b",
        r", on[ -]?site\)",
        r"\b(?:position|role|job|work) is (?:fully |100% )?on[ -]?site\b",
        r"\bis in our (?:office|studio|lab|workshop)\b",
        r"\bno (telecommut\w*|telework|wfh|work from home|home ?office)\b",
        r"\b(5|five) days (a|per) week in (the|our)\b",
        r"\b(5|five) days (a|per)? ?week (on[ -]?site|in[ -]office)\b",
        r"\b(must|will|shall|required to|expected to|able to|you'll|you’ll) work (on[ -]?site|in person|from our office) \b",
        r"\b(required|expected) to work (on[ -]?site|in (the |our |\w+ )?office)\b",
        r"\b(?:in[ -]person|on-?site) (?:at|in|out of|from) (?:our|the)\b",
        r"\bin[ -]person in (?-i:[A-Z])\w*\b",
        r"\b(?:in|to) the (?:building|studio|office|lab|shop)(?: every day| daily| each day| full[- ]time)\b",
        r"\bwith us in the (?:office|studio|lab)\b",
        r"\bnot from home\b",
        r"\bmon\w*\W+fri\w*,? on[ -]?site\b",
        r"\bon[ -]?site,? (?:mon|daily)\w*\b",
        r"\bmon\w* (?:to|through|thru|-) (?:fri|sat)\w*,? (?:at|in|from) (?:the |our )?office\b",
        r"\boffice[ -]first\b",
        r"\b(?:be|is|are) (?:done|performed|carried out|based|worked) on[ -]?site\b",
        r"\b(?:amenable|willing) to (?:work|report) on[ -]?site\b",
        r"\b(?:client|customer)(?:'s)? premises\b",
        r"\bmonths from our office\b",
        r"\bworking at (?:the )?office\b",
        r"\bwork in person\b",
        r"\bfull on[ -]?site\b",
        r"\b(?:in|at|from) (?:the|our) office[^.;\n]*?\b(?:all )?(?:5|five|6|six) days\b",
        r"\boffice (?:5|five|6|six) days\b",
        r"\b(?:5|five|6|six) days[ ,]*(?:a|per)? ?(?:week)?[ ,]*(?:in|at|from) (?:the |our )?office\b",
        r"\bon[ -]?site at (?:the|a) (?:customer|client)\b",
        r"\bat the physical location\b",
        r"\bon (?:the )?(?:customer|client)(?:'s)? site\b",
        r"\bworks? from (the |our )([^ .;\n]+ )?([^ .;\n]+ )?office\b",
        r"\bworking from (the|our) office\b",
        r"\bwfo\b",
        r"\bwork from office\b",
        r"\bon our premises\b",
        r"\b(do not|don't|don’t|cannot|can't|can’t) (offer|do|support|allow|accept) (any )?(fully? )?remote\b",
        r"\btoo early [^.;\n]*?remote\b",
        r"\bon[ -]?site (all|every|each) days?\b",
        r"\b(is|are) [^.;\n]*?(and|,) on[ -]?site\b",
        r"\bpresencial\b",
        r"(?:(?m:^)|[.!;] )[^\w\n]{0,3}(fully |100% )?(on[ -]?site|in[ -]person)\b\s*(?m:[.,;(–—]|$)",
        r", in person\)",
    ];
    // Recruiters mark the mode for LinkedIn; what they mark is what they mean.
    if let Some(found) = pattern!(r"#LI-(?P<mode>remote|hybrid|on[ -]?site)\b").captures(text) {
        let mode = match found["mode"].to_lowercase().as_str() {
            "remote" => WorkMode::Remote,
            "hybrid" => WorkMode::Hybrid,
            _ => WorkMode::Onsite,
        };
        return Some((mode, found[0].to_owned()));
    }
    if let Some(words) = days::part(text) {
        return Some((WorkMode::Hybrid, words.to_owned()));
    }
    if let Some(words) = not_remote.find(text) {
        return Some((WorkMode::Onsite, words.as_str().to_owned()));
    }
    // Weeks abroad are a benefit.
    let abroad = pattern!(
        r"^\W*(abroad|for up to|up to|for \d+|\d+ (days|weeks|months)|outside|occasionally|sometimes|some of|on (mondays|fridays|occasion))\b"
    );
    // "Remote hands", "we tried fully remote": no place of work, or one of another time.
    let thing = pattern!(r"^[ -](?:hands|areas?|villages?|handling|diagnostics|sensing|operations?|desk)\b");
    let past = pattern!(
        r"\b(?:tried|was|were|went|formerly advertised as|experience (?:in|with) an?|work in an?)\W{1,3}$"
    );
    let says = |words: &regex::Match<'_>| {
        !abroad.is_match(&text[words.end()..])
            && !thing.is_match(&text[words.end()..])
            && !past.is_match(tail(&text[..words.start()], 40))
    };
    if let Some(words) = remote.find_iter(text).find(says) {
        return Some((WorkMode::Remote, words.as_str().to_owned()));
    }
    if let Some(words) = onsite.find(text) {
        return Some((WorkMode::Onsite, words.as_str().to_owned()));
    }
    days::whole(text).map(|(mode, words)| (mode, words.to_owned()))
}
