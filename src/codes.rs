//! Enums whose variants have a code, as JSON and the command line write them. One list holds all that is said
//! of a variant, so that a new variant is one entry.

/// Makes a public enum of a list `Variant = "code"`, with `as_str`, `Display`, `Serialize` and `Deserialize`.
///
/// `Display` writes the code; after `Variant = "code": "words"`, the words.
macro_rules! codes {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$of_variant:meta])* $variant:ident = $code:literal $(: $words:literal)?),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$of_variant])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// The code, in snake case, as JSON has it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(match self {
                    $(Self::$variant => $crate::codes::codes!(@words $code $($words)?),)*
                })
            }
        }
    };
    (@words $code:literal) => { $code };
    (@words $code:literal $words:literal) => { $words };
}

pub(crate) use codes;
