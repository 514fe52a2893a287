//! A text for people with headings, paragraphs and tables, before it is a page or a sheet of paper.
//!
//! It is made once, in one language, and kept: what a customer has read does not change with the words of the program.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// A document in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its language.
    pub lang: Lang,
    /// What it is called.
    pub title: String,
    /// Whose it is, and which version: the lines below the title.
    pub lead: Vec<String>,
    /// Its parts.
    pub sections: Vec<Section>,
    /// What stands at the foot of every page.
    pub foot: String,
}

/// A part with a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// Names and what belongs to them.
    Facts(Vec<(String, String)>),
    /// A table: its head, and its rows, each as long as the head.
    Table {
        /// The names of the columns.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// A table whose columns are numbers but the first.
    Amounts {
        /// The names of the columns.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
}
