//! The skills library: the catalog of names and explainers, and the tagger that finds skills in text.

pub mod catalog;
pub mod path;
pub mod tagger;
pub mod tips;
