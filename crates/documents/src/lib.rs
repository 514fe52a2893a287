//! Printed pages: a [`Document`] as a PDF.
//!
//! The typesetter is a third of what the whole house takes to build, so it stands here alone. The same document gives
//! the same bytes: no time of day and no chance goes in. Nothing of a document is read as markup: it is data of the
//! template.

mod fonts;
mod sheet;

use std::fmt;

use domain::document::Document;
use typst::foundations::Smart;
use typst_pdf::PdfOptions;

/// Why a document was not printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// No font on this machine has the characters of its language.
    #[error("there is no font with Chinese characters: install the Debian package {PACKAGE}, or {FONT}")]
    NoFont,
    /// The typesetter refused: a fault of the template.
    #[error("typesetting failed: {0}")]
    Typesetting(String),
}

/// The Debian package with the font for Chinese.
pub const PACKAGE: &str = "fonts-noto-cjk";
/// The font itself.
pub const FONT: &str = "Noto Serif CJK SC";

/// Prints a document on A4 paper. Takes some hundred milliseconds of a processor, the first time more: not for a
/// thread on which others wait.
///
/// # Errors
/// [`PrintError::NoFont`] for a Chinese document on a machine without a Chinese font.
pub fn pdf(document: &Document) -> Result<Vec<u8>, PrintError> {
    let sheet = sheet::Sheet::new(document)?;
    let compiled = typst::compile(&sheet);
    let pages = compiled.output.map_err(|errors| PrintError::Typesetting(said(&errors)))?;
    let options = PdfOptions {
        // By the content alone, so that the same content has the same identifier.
        ident: Smart::Custom(document.foot.clone()),
        creator: Smart::Custom(Some("Partnerdesk".to_owned())),
        timestamp: None,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&pages, &options).map_err(|errors| PrintError::Typesetting(said(&errors)))?;
    // What the typesetter remembers of earlier documents is not needed for later ones.
    typst::comemo::evict(1);
    Ok(bytes)
}

/// What the typesetter said, on one line.
fn said(errors: &[impl Message]) -> String {
    errors.iter().map(|error| error.message().to_string()).collect::<Vec<_>>().join("; ")
}

/// Something with a message.
trait Message {
    fn message(&self) -> &dyn fmt::Display;
}

impl Message for typst::diag::SourceDiagnostic {
    fn message(&self) -> &dyn fmt::Display {
        &self.message
    }
}
