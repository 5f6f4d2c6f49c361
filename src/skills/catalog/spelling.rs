//! Misspellings that writers of English make most often, and what they mean; whole words, lower case.

/// What is wrong, and what is right.
const WRONG: [(&str, &str); 132] = [
    ("abscence", "absence"),
    ("accessable", "accessible"),
    ("accomodate", "accommodate"),
    ("accross", "across"),
    ("acheive", "achieve"),
    ("acknowledgment", "acknowledgement"),
    ("aquire", "acquire"),
    ("adress", "address"),
    ("agressive", "aggressive"),
    ("allready", "already"),
    ("alot", "a lot"),
    ("amatuer", "amateur"),
    ("analize", "analyse"),
    ("apparant", "apparent"),
    ("apropriate", "appropriate"),
    ("arbitary", "arbitrary"),
    ("arguement", "argument"),
    ("assymetric", "asymmetric"),
    ("asyncronous", "asynchronous"),
    ("attatch", "attach"),
    ("authentification", "authentication"),
    ("availabe", "available"),
    ("availibility", "availability"),
    ("basicly", "basically"),
    ("becuase", "because"),
    ("begining", "beginning"),
    ("beleive", "believe"),
    ("benifit", "benefit"),
    ("boundry", "boundary"),
    ("calender", "calendar"),
    ("catagory", "category"),
    ("certian", "certain"),
    ("charachter", "character"),
    ("commited", "committed"),
    ("comparision", "comparison"),
    ("compatability", "compatibility"),
    ("completly", "completely"),
    ("concensus", "consensus"),
    ("concious", "conscious"),
    ("configuraton", "configuration"),
    ("consistant", "consistent"),
    ("containes", "contains"),
    ("correspondance", "correspondence"),
    ("definately", "definitely"),
    ("dependancy", "dependency"),
    ("dependancies", "dependencies"),
    ("depricated", "deprecated"),
    ("desireable", "desirable"),
    ("developement", "development"),
    ("diffrent", "different"),
    ("dissapear", "disappear"),
    ("efficency", "efficiency"),
    ("embarass", "embarrass"),
    ("enviroment", "environment"),
    ("equiped", "equipped"),
    ("excercise", "exercise"),
    ("existance", "existence"),
    ("explaination", "explanation"),
    ("familar", "familiar"),
    ("finaly", "finally"),
    ("foriegn", "foreign"),
    ("fourty", "forty"),
    ("freind", "friend"),
    ("functionaly", "functionally"),
    ("garantee", "guarantee"),
    ("gaurantee", "guarantee"),
    ("goverment", "government"),
    ("grammer", "grammar"),
    ("happend", "happened"),
    ("heirarchy", "hierarchy"),
    ("hierachy", "hierarchy"),
    ("heigth", "height"),
    ("immediatly", "immediately"),
    ("implemenation", "implementation"),
    ("implementaion", "implementation"),
    ("independant", "independent"),
    ("indispensible", "indispensable"),
    ("infomation", "information"),
    ("initalize", "initialise"),
    ("interupt", "interrupt"),
    ("knowlege", "knowledge"),
    ("langauge", "language"),
    ("lenght", "length"),
    ("libary", "library"),
    ("liason", "liaison"),
    ("maintainance", "maintenance"),
    ("maintenence", "maintenance"),
    ("manangement", "management"),
    ("milisecond", "millisecond"),
    ("miliseconds", "milliseconds"),
    ("mispell", "misspell"),
    ("neccessary", "necessary"),
    ("necesary", "necessary"),
    ("noticable", "noticeable"),
    ("occassion", "occasion"),
    ("occured", "occurred"),
    ("occurence", "occurrence"),
    ("occuring", "occurring"),
    ("parrallel", "parallel"),
    ("paralell", "parallel"),
    ("particulary", "particularly"),
    ("persistant", "persistent"),
    ("posession", "possession"),
    ("preceeding", "preceding"),
    ("prefered", "preferred"),
    ("priviledge", "privilege"),
    ("proccess", "process"),
    ("publically", "publicly"),
    ("recieve", "receive"),
    ("reciever", "receiver"),
    ("recomend", "recommend"),
    ("refered", "referred"),
    ("relevent", "relevant"),
    ("remeber", "remember"),
    ("repitition", "repetition"),
    ("retreive", "retrieve"),
    ("rythm", "rhythm"),
    ("seperate", "separate"),
    ("seperately", "separately"),
    ("sucess", "success"),
    ("successfull", "successful"),
    ("sucessful", "successful"),
    ("suprise", "surprise"),
    ("syncronous", "synchronous"),
    ("teh", "the"),
    ("threshhold", "threshold"),
    ("thier", "their"),
    ("transfered", "transferred"),
    ("truely", "truly"),
    ("untill", "until"),
    ("wich", "which"),
    ("writting", "writing"),
];

/// The misspelt words of a text, each once, with what they mean.
pub(super) fn wrong(text: &str) -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    for word in text.split(|c: char| !c.is_alphabetic()) {
        // A name in code keeps its own spelling; those have capitals or signs inside.
        let lower = word.to_lowercase();
        if let Some(known) = WRONG.iter().find(|(wrong, _)| *wrong == lower)
            && !found.contains(known)
        {
            found.push(*known);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings_are_told_once_with_what_is_meant() {
        assert_eq!(
            wrong("Recieve, then recieve it teh second time."),
            [("recieve", "receive"), ("teh", "the")]
        );
        assert!(wrong("Receive the separate environment; retrieval and dependence.").is_empty());
        assert!(WRONG.iter().all(|(bad, good)| bad != good && bad.chars().all(char::is_lowercase)));
    }
}
