//! The ringing of different countries.

use crate::word::words;

words! {
    /// Which country's ringing the caller hears (13220).
    pub enum RingTone {
        Austria = "at",
        Australia = "au",
        Bulgaria = "bg",
        Brazil = "br",
        Belgium = "be",
        Switzerland = "ch",
        Chile = "cl",
        China = "cn",
        Czechia = "cz",
        Germany = "de",
        Denmark = "dk",
        Estonia = "ee",
        Spain = "es",
        Finland = "fi",
        France = "fr",
        Greece = "gr",
        Hungary = "hu",
        Israel = "il",
        India = "in",
        Italy = "it",
        Lithuania = "lt",
        Japan = "jp",
        Mexico = "mx",
        Malaysia = "my",
        Netherlands = "nl",
        Norway = "no",
        NewZealand = "nz",
        Philippines = "ph",
        Poland = "pl",
        Portugal = "pt",
        Russia = "ru",
        Sweden = "se",
        Singapore = "sg",
        Thailand = "th",
        UnitedKingdom = "uk",
        UnitedStates = "us",
        UnitedStatesOld = "us-old",
        Taiwan = "tw",
        Venezuela = "ve",
        SouthAfrica = "za",
    }
}
