//! What is said of a caller who changes hands, to whoever hears it or reads it.

use crate::floor::Doing;
use crate::transfer::{HandedView, TransferPart, TransferView};

impl TransferView {
    /// How far it is, in words for whoever looks.
    #[must_use]
    pub fn words(&self) -> String {
        let by = &self.by;
        match (self.mine, self.step.as_str()) {
            (TransferPart::To, "briefing") => {
                format!("{by} speaks with you first. The caller hears music.")
            }
            (TransferPart::To, "swapped") => {
                format!("You hear music. {by} speaks with the caller.")
            }
            (TransferPart::To, "three_way") => {
                format!("You are in the call with {by} and the caller.")
            }
            (TransferPart::By | TransferPart::To | TransferPart::Beside, _) => self.text.clone(),
        }
    }
}

impl HandedView {
    /// Who hands over, how, and what they wrote, as sentences.
    #[must_use]
    pub fn words(&self) -> String {
        match self.note.as_str() {
            "" => self.text.clone(),
            note => format!("{} {} wrote: {note}", self.text, self.by),
        }
    }
}

impl Doing {
    /// From whom the caller comes, who rings.
    pub(super) fn handed(&self) -> Option<&HandedView> {
        match self {
            Self::Rung(rung) => rung.handed.as_ref(),
            Self::Nothing | Self::Call(_) | Self::WrapUp(_) => None,
        }
    }

    /// How a transfer stands that is under way. Why one came to nothing is said where it is shown.
    pub(super) fn handing_over(&self) -> Option<String> {
        match self {
            Self::Call(mine) => mine.transfer.as_ref().map(TransferView::words),
            Self::Nothing | Self::Rung(_) | Self::WrapUp(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transfer(mine: TransferPart, step: &str) -> TransferView {
        TransferView {
            mine,
            kind: "consult".to_owned(),
            step: step.to_owned(),
            text: "Ben is in it.".to_owned(),
            by: "Ana".to_owned(),
            to: "Ben".to_owned(),
            note: String::new(),
            since_ms: 0,
            acts: Vec::new(),
            swap_to: None,
        }
    }

    #[test]
    fn whoever_takes_the_caller_is_told_by_whose_side_they_are() {
        let cases = [
            (
                TransferPart::To,
                "briefing",
                "Ana speaks with you first. The caller hears music.",
            ),
            (
                TransferPart::To,
                "swapped",
                "You hear music. Ana speaks with the caller.",
            ),
            (
                TransferPart::To,
                "three_way",
                "You are in the call with Ana and the caller.",
            ),
            (TransferPart::By, "briefing", "Ben is in it."),
            (TransferPart::Beside, "three_way", "Ben is in it."),
        ];

        for (mine, step, words) in cases {
            assert_eq!(transfer(mine, step).words(), words, "{mine:?} {step}");
        }
    }

    #[test]
    fn a_note_is_read_out_only_where_there_is_one() {
        let handed = |note: &str| HandedView {
            by: "Ana".to_owned(),
            kind: "warm".to_owned(),
            text: "Ana hands the caller over.".to_owned(),
            note: note.to_owned(),
        };

        assert_eq!(handed("").words(), "Ana hands the caller over.");
        assert_eq!(
            handed("Moves on Monday.").words(),
            "Ana hands the caller over. Ana wrote: Moves on Monday."
        );
    }
}
