//! Callers to try a line with: each shows another way through it. Their numbers are fictional.

use exchange::PhoneNumber;

use super::PlaceCallForm;

/// Somebody who might call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleCaller {
    /// The word in the page's address.
    pub word: &'static str,
    /// What they are called.
    pub name: &'static str,
    /// What is particular about them.
    pub about: &'static str,
    number: &'static str,
    city: &'static str,
    state: &'static str,
    zip: &'static str,
    country: &'static str,
}

/// The callers that the page offers; the first one is there already.
pub const SAMPLE_CALLERS: [SampleCaller; 6] = [
    SampleCaller {
        word: "ida",
        name: "Ida",
        about: "from Chicago, Illinois",
        number: "+13125550123",
        city: "Chicago",
        state: "IL",
        zip: "60601",
        country: "US",
    },
    SampleCaller {
        word: "walt",
        name: "Walt",
        about: "from Washington, which has no senators",
        number: "+12025550161",
        city: "Washington",
        state: "DC",
        zip: "20001",
        country: "US",
    },
    SampleCaller {
        word: "tess",
        name: "Tess",
        about: "whose carrier tells no place",
        number: "+12145550137",
        city: "",
        state: "",
        zip: "",
        country: "",
    },
    SampleCaller {
        word: "nia",
        name: "Nia",
        about: "from London, abroad",
        number: "+442079460123",
        city: "London",
        state: "",
        zip: "",
        country: "GB",
    },
    SampleCaller {
        word: "moira",
        name: "Moira",
        about: "who moderates the weekly meeting",
        number: "+12025550142",
        city: "Washington",
        state: "DC",
        zip: "20001",
        country: "US",
    },
    SampleCaller {
        word: "nobody",
        name: "Somebody",
        about: "who withholds the number",
        number: "",
        city: "",
        state: "",
        zip: "",
        country: "",
    },
];

impl SampleCaller {
    /// The form filled in for this caller; they call no line yet.
    #[must_use]
    pub fn form(self) -> PlaceCallForm {
        let is_withheld = self.number.is_empty();
        PlaceCallForm {
            line: String::new(),
            from: PhoneNumber::parse(self.number)
                .map_or_else(|_| String::new(), |number| number.formatted()),
            withheld: if is_withheld { "yes" } else { "" }.to_owned(),
            name: if is_withheld { "" } else { self.name }.to_owned(),
            state: self.state.to_owned(),
            zip: self.zip.to_owned(),
            city: self.city.to_owned(),
            country: self.country.to_owned(),
        }
    }

    /// The caller of this word; any other word is the first one's.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let first = SAMPLE_CALLERS[0];
        SAMPLE_CALLERS
            .into_iter()
            .find(|caller| caller.word == word)
            .unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_can_call() {
        for caller in SAMPLE_CALLERS {
            let form = PlaceCallForm {
                line: "senators".to_owned(),
                ..caller.form()
            };

            assert_eq!(form.parse().map(|_| ()), Ok(()), "{}", caller.word);
            assert_eq!(SampleCaller::of(caller.word), caller);
        }
        assert_eq!(SampleCaller::of("moonlight").word, "ida");
    }
}
