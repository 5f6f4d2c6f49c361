//! Turns of phrase that say what a name near them is: a skill, a company, something refused, something optional.

/// Turns of phrase around a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// "experience with …"
    Frame,
    /// "tools (…", "stack: …"
    Kind,
    /// "backed by …", "customers use …": other people's.
    Company,
    /// "no …", "instead of …": the next name.
    Negation,
    /// "you don't need …", "… is not required": a list of names before or behind it.
    Refused,
    /// "…, but you won't touch it": the names before it.
    Spared,
    /// "nice to have": the names of its clause.
    Optional,
    /// "ideally": the names behind it.
    Ideally,
    /// Over a list or before it: what follows is only wished for.
    Wish,
    /// "advantage", where nothing but a dash or a colon parts it from a name.
    Advantage,
    /// "collaborate with …": people follow, and nothing else.
    Dealing,
    /// "work with …": people follow, or tools.
    Working,
}

/// How many kinds there are.
pub(super) const KINDS: usize = 12;

/// Each kind with its phrases.
#[rustfmt::skip]
pub(super) const CUES: [(Cue, &[&str]); KINDS] = [
    (
        Cue::Frame,
        &[
            "experience with", "experience in", "experience using", "experienced in", "experienced with",
            "proficiency in", "proficiency with", "proficient in", "proficient with", "proficient using",
            "knowledge of", "knowledge in", "basics of", "use of", "we're on", "we are on", "familiar with",
            "familiarity with", "written in", "write", "writing", "expertise in", "expertise with", "skilled in",
            "fluent in", "fluency in", "understanding of", "coding in", "programming in", "skills in", "built with",
            "comfortable with", "using", "competency in", "tools such as", "tools like", "tools including",
            "technologies such as", "technologies like", "languages such as", "languages like",
            "frameworks such as", "frameworks like", "software such as", "software like", "advanced", "uses",
            "we use", "working with", "worked with", "migrate to", "migrated to", "migrating to", "migration to",
            "switched to", "deploy to", "deployed on", "deployed to", "runs on", "run on", "running on",
            "hosted on", "built on", "built in", "built using", "based on", "implemented in", "developed in",
            "packaged as", "managed by", "orchestrated by",
        ],
    ),
    (
        Cue::Kind,
        &[
            "e.g", "i.e", "tools", "tooling", "technologies", "technology", "tech", "tech stack", "stack",
            "frameworks", "framework", "languages", "language", "databases", "database", "libraries", "library",
            "platforms", "packages", "software",
        ],
    ),
    (
        Cue::Company,
        &[
            "ex-", "formerly at", "previously at", "backed by", "ceo of", "cto of", "founder of", "founders of",
            "funded by", "customers include", "customers including", "customers like", "customers such as",
            "clients include", "clients including", "clients like", "clients such as", "companies like",
            "companies such as", "used by", "trusted by", "alumni of", "alumni from", "investors include",
            "investors like", "investors including", "investors such as", "team from", "engineers from",
            "veterans of", "veterans from", "acquired by", "people from", "partners include", "partners like",
            "brands like", "brands such as", "leaders from", "startups like", "who worked at", "worked at",
            "led by", "employees of", "employee of", "employees at", "employee at", "teams at", "operators at",
            "executives of", "executives at", "engineers at", "developers at", "leaders at", "tools at",
            "team comes from", "founders come from", "companies, among them", "experts from", "talent from",
            "folks from", "owned by", "ex", "angels from", "us came from", "us come from", "years at", "who backed",
            "who invested in", "plugs into", "plug into", "the likes of", "customers use", "customers already use",
            "companies already use", "teams who run", "teams who use", "team, who use", "they live in",
            "who live in", "folks write", "folks use", "people handle", "colleagues use", "they use", "they run",
            "whose shop runs on", "who work in", "who work with", "they work in", "colleagues, who automate in",
            "wrapper around", "they are on", "wrote the first version in", "wrote our first version in",
            "first version was in", "was born as", "who built", "product connects to", "started out as a",
            "began as a", "the first version in",
        ],
    ),
    (
        Cue::Negation,
        &[
            "no", "not", "without", "instead of", "rather than", "don't use", "do not use", "doesn't use",
            "no longer use", "never", "not looking for", "we left", "we moved off", "moved off", "do not write",
            "don't need to write", "not write", "we tried", "moving away from", "moved away from",
            "won't find here", "you won't find", "decided against", "we dropped",
        ],
    ),
    (
        Cue::Refused,
        &[
            "don't need", "dont need", "do not need", "don't require", "do not require", "won't need",
            "will not need", "no need for", "no need to know", "don't need you to write", "no knowledge of",
            "no experience with", "no experience in", "no experience of", "not required", "not needed",
            "not necessary", "not used here", "isn't required", "isn't needed", "isn't necessary",
            "aren't required", "aren't needed",
        ],
    ),
    (
        Cue::Spared,
        &[
            "won't touch it", "wont touch it", "will not touch it", "won't touch that", "won't touch them",
            "won't have to touch", "wont have to touch", "won't need to touch", "wont need to touch",
            "won't be touching", "don't need to know it", "dont need to know it", "do not need to know it",
            "don't have to know it", "won't need to know it", "won't need it", "will not need it",
            "don't need to code", "don't touch it", "somebody else will do that", "someone else will do that",
            "a separate team for it", "a separate team for that", "belongs to another team",
            "belongs to a different team", "belongs to a separate team", "by another team", "by another group",
            "by a different team", "you don't touch", "you'd never need to touch", "never have to touch",
            "won't be asked to", "someone else's job", "that's another team", "that is another team",
            "not this job", "not your job", "someone else's problem", "in charge of a different team",
            "you needn't", "you need not", "no need for knowing it", "will not be asked to", "people do that",
            "developers maintain it", "will not have to touch", "will not have to write it",
            "maintained by a separate team",
        ],
    ),
    (
        Cue::Optional,
        &[
            "nice to have", "nice-to-have", "nice to haves", "nice-to-haves", "is a plus", "are a plus", "a plus",
            "a big plus", "a strong plus", "a huge plus", "is plus", "preferred", "desirable", "good to have",
            "would be great", "is an advantage", "an advantage", "added advantage", "of advantage", "advantageous",
            "an asset", "is welcome", "are welcome", "is valued", "is appreciated", "would be appreciated",
            "won't hurt", "would be handy", "would be lovely", "is differential", "a differential", "is meriting",
            "is meritorious", "is advantage", "additional asset", "highly regarded", "small plus", "nice extra",
            "is nice too", "is handy", "that'd be lovely", "that would be awesome", "wouldn't hurt",
            "would be useful", "even better", "un plus", "von vorteil", "cherry on the cake", "not a must",
            "optional", "not required but", "extra points", "beneficial", "is a bonus", "a bonus", "would be nice",
        ],
    ),
    (
        Cue::Ideally,
        &[
            "ideally", "preferably", "bonus", "bonus points", "nice if", "meriting if", "merit if", "awesome if",
            "priority for candidate", "priority for candidates", "also an asset", "even better", "good if you can",
            "gärna med",
        ],
    ),
    (
        Cue::Wish,
        &[
            "nice to have", "nice-to-have", "nice to haves", "nice-to-haves", "nice extras", "good to have",
            "bonus", "bonuses", "plus", "pluses", "preferred", "preferable", "desirable", "desirables", "desired",
            "advantage", "advantages", "would be great", "would be nice", "optional", "extra credit",
            "extra treats", "a treat", "even better", "wish list", "wishlist", "wishes", "meriting", "meritorious",
            "meriterande", "icing on the cake", "valued skills", "welcome skills", "plusses", "really useful",
            "advantageous", "would be cool", "preferenziale", "be valued", "are valued", "differential",
            "diferencial", "diferenciais", "deseable", "deseables", "desejável", "desejáveis", "wensen",
            "von vorteil", "wünschenswert", "souhaité",
        ],
    ),
    (Cue::Advantage, &[
            "advantage", "plus", "preferable", "bonus", "nice", "desirable", "optional",
        ]),
    (
        Cue::Dealing,
        &[
            "collaborate with", "collaborate closely with", "collaborate cross-functionally with",
            "collaborates with", "collaborating with", "collaborating closely with", "collaboration with",
            "partner with", "partner closely with", "partnering with", "partnering closely with",
            "partnership with", "work closely with", "working closely with", "works closely with",
            "work directly with", "working directly with", "work cross-functionally with",
            "working cross-functionally with", "work hand in hand with", "side by side with", "coordinate with",
            "coordinating with", "liaise with", "liaising with", "interface with", "interfacing with",
            "communicate with", "communicating with", "meet with",
        ],
    ),
    (
        Cue::Working,
        &[
            "work with", "working with", "works with", "interact with", "interacting with", "engage with",
            "engaging with", "daily with", "support", "supporting", "alongside", "across", "between",
        ],
    ),
];
