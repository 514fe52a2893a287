//! Pure rules and the words of the business.
//!
//! Nothing here does IO: functions from values to values. Time comes in as an argument, ids are made by the
//! caller from the time and randomness that it has.

pub mod access;
pub mod article;
pub mod billing;
pub mod charging;
pub mod clock;
pub mod cloud;
pub mod collections;
pub mod deed;
pub mod document;
pub mod email_address;
pub mod handover;
pub mod id;
pub mod incident;
pub mod lang;
mod lines;
pub mod money;
pub mod offering;
pub mod party;
pub mod receivable;
pub mod signal;
pub mod subscription;
pub mod suspension;
pub mod ticket;
pub mod vehicle;

/// Declares a closed set of words: an enum with one stable name for each, used in the database, the API, the
/// language files and the pages alike.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        $vis enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every word of the set, in its natural order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable name: database, API, language files.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(self.word()) }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok($name::$variant),)+
                    _ => Err($crate::UnknownWord { set: stringify!($name) }),
                }
            }
        }
    };
}

/// A word that is not in its closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {set}")]
pub struct UnknownWord {
    /// The set in which it was looked up.
    pub set: &'static str,
}
