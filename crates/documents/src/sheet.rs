//! A document as the typesetter sees it: the template, its data, the fonts, and nothing else of the world.

use std::sync::LazyLock;

use domain::{document::Document, lang::Lang};
use serde::Serialize;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::{PrintError, fonts};

/// How a document looks.
const TEMPLATE: &str = include_str!("document.typ");

/// The document with what the template wants to know besides.
#[derive(Serialize)]
struct Data<'d> {
    /// The language without its country, as the typesetter hyphenates it.
    lang: &'static str,
    region: &'static str,
    document: &'d Document,
}

/// What the typesetter may reach.
pub(crate) struct Sheet {
    library: &'static LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    data: FileId,
    json: Bytes,
}

fn file(name: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(name).map_err(|error| PrintError::Typesetting(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Sheet {
    pub(crate) fn new(document: &Document) -> Result<Sheet, PrintError> {
        static LIBRARY: LazyLock<LazyHash<Library>> =
            LazyLock::new(|| LazyHash::new(Library::builder().build()));
        let mut fonts = fonts::BUILT_IN.clone();
        let (lang, region) = match document.lang {
            Lang::En => ("en", "gb"),
            Lang::Sv => ("sv", "se"),
            Lang::De => ("de", "de"),
            Lang::Hu => ("hu", "hu"),
            Lang::ZhCn => ("zh", "cn"),
        };
        match fonts::chinese() {
            Some(chinese) => fonts.extend(chinese),
            None if document.lang == Lang::ZhCn => return Err(PrintError::NoFont),
            // A Chinese name in a German document is a row of boxes then, and the rest is readable.
            None => {}
        }
        let data = Data { lang, region, document };
        let json = serde_json::to_vec(&data).map_err(|error| PrintError::Typesetting(error.to_string()))?;
        Ok(Sheet {
            library: &LIBRARY,
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: Source::new(file("/document.typ")?, TEMPLATE.to_owned()),
            data: file("/document.json")?,
            json: Bytes::new(json),
        })
    }
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data { Ok(self.json.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
