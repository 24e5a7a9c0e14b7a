//! A TwiML document laid out for reading: one element a line, what the caller hears apart from the rest.

/// What a piece of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Tags, declarations, and the indentation before them.
    Markup,
    /// What stands between other tags: a number, an address.
    Value,
    /// What the caller hears: the words within `Say`.
    Spoken,
}

/// A stretch of a document in one ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub ink: Ink,
    /// The text, line breaks and indentation included.
    pub text: String,
    /// The verb it belongs to, counted from 0 among the elements that stand directly in the document's root.
    pub verb: Option<usize>,
}

/// Lays a document out with two spaces an element deep; what is not well formed is laid out as far as it goes.
///
/// An element that holds words keeps them, and the elements among them, on its line. Only white space is added or left out.
#[must_use]
pub fn lay_out(document: &str) -> Vec<Piece> {
    let tokens = tokens(document);
    let mut page = Page::default();
    let mut depth = 0_usize;
    let mut held: Option<(usize, Ink)> = None;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Words(text) => page.write(held.map_or(Ink::Value, |(_, ink)| ink), text),
            Token::Open(tag) => {
                page.enter(depth);
                if held.is_none() {
                    page.start_line(depth);
                    if holds_words(&tokens[at + 1..]) {
                        held = Some((depth, ink_within(tag)));
                    }
                }
                page.write(Ink::Markup, tag);
                depth += 1;
            }
            Token::Close(tag) => {
                depth = depth.saturating_sub(1);
                let follows_its_opening = at
                    .checked_sub(1)
                    .is_some_and(|before| matches!(tokens[before], Token::Open(_)));
                if held.is_none() && !follows_its_opening {
                    page.start_line(depth);
                }
                page.write(Ink::Markup, tag);
                page.leave(depth);
                held = held.filter(|(holder, _)| *holder != depth);
            }
            Token::Alone(tag) => {
                if !tag.starts_with("<?") && !tag.starts_with("<!") {
                    page.enter(depth);
                }
                if held.is_none() {
                    page.start_line(depth);
                }
                page.write(Ink::Markup, tag);
                page.leave(depth);
            }
        }
    }
    page.pieces
}

/// The ink of the words in an element that opens with `tag`.
fn ink_within(tag: &str) -> Ink {
    let is_say = tag
        .strip_prefix("<Say")
        .is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\t']));
    if is_say { Ink::Spoken } else { Ink::Value }
}

enum Token<'a> {
    Open(&'a str),
    Close(&'a str),
    Alone(&'a str),
    Words(&'a str),
}

fn tokens(mut rest: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let length = if rest.starts_with('<') {
            tag_length(rest)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        if !token.trim().is_empty() {
            tokens.push(sort(token));
        }
    }
    tokens
}

fn sort(token: &str) -> Token<'_> {
    if !token.starts_with('<') {
        Token::Words(token)
    } else if token.starts_with("</") {
        Token::Close(token)
    } else if token.starts_with("<?") || token.starts_with("<!") || token.ends_with("/>") {
        Token::Alone(token)
    } else {
        Token::Open(token)
    }
}

/// The length of the tag that `text` starts with; a `>` inside quotes does not end it.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None | Some(_), _) => {}
        }
    }
    text.len()
}

/// Whether the element that was just opened holds words directly.
fn holds_words(after: &[Token<'_>]) -> bool {
    let mut depth = 0_usize;
    for token in after {
        match token {
            Token::Words(_) if depth == 0 => return true,
            Token::Close(_) if depth == 0 => return false,
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth -= 1,
            Token::Words(_) | Token::Alone(_) => {}
        }
    }
    false
}

/// The pieces by the verb they belong to, in order. The line break before a verb is left out: each stands on lines of its own.
#[must_use]
pub fn by_verb(pieces: Vec<Piece>) -> Vec<(Option<usize>, Vec<Piece>)> {
    let mut groups: Vec<(Option<usize>, Vec<Piece>)> = Vec::new();
    for mut piece in pieces {
        match groups.last_mut() {
            Some((verb, group)) if *verb == piece.verb => group.push(piece),
            Some(_) | None => {
                if let Some(text) = piece.text.strip_prefix('\n') {
                    piece.text = text.to_owned();
                }
                groups.push((piece.verb, vec![piece]));
            }
        }
    }
    groups
}

#[derive(Default)]
struct Page {
    pieces: Vec<Piece>,
    verbs: usize,
    verb: Option<usize>,
}

impl Page {
    /// An element begins at `depth`.
    fn enter(&mut self, depth: usize) {
        if depth == 1 {
            self.verb = Some(self.verbs);
            self.verbs += 1;
        }
    }

    /// An element at `depth` is complete.
    fn leave(&mut self, depth: usize) {
        if depth <= 1 {
            self.verb = None;
        }
    }

    fn start_line(&mut self, depth: usize) {
        if !self.pieces.is_empty() {
            self.write(Ink::Markup, "\n");
        }
        self.write(Ink::Markup, &"  ".repeat(depth));
    }

    fn write(&mut self, ink: Ink, text: &str) {
        match self.pieces.last_mut() {
            Some(last) if last.ink == ink && last.verb == self.verb => last.text.push_str(text),
            Some(_) | None => self.pieces.push(Piece {
                ink,
                text: text.to_owned(),
                verb: self.verb,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_has_a_line_and_words_stay_beside_their_tags() {
        let document = r#"<?xml version="1.0" encoding="UTF-8"?><Response><Gather action="/ivr/menu" numDigits="1"><Say>Press <prosody rate="slow">1</prosody> now.</Say><Pause/></Gather><Dial></Dial></Response>"#;

        let text = plain(document);

        assert_eq!(
            text,
            concat!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
                "<Response>\n",
                "  <Gather action=\"/ivr/menu\" numDigits=\"1\">\n",
                "    <Say>Press <prosody rate=\"slow\">1</prosody> now.</Say>\n",
                "    <Pause/>\n",
                "  </Gather>\n",
                "  <Dial></Dial>\n",
                "</Response>",
            )
        );
    }

    #[test]
    fn what_the_caller_hears_is_told_from_what_the_carrier_reads() {
        let document = "<Response><Say language=\"en-US\">For <emphasis>Mars</emphasis>, wait.</Say>\
                        <Redirect>/ivr/menu</Redirect></Response>";

        let pieces = lay_out(document);

        let in_ink = |ink: Ink| -> Vec<String> {
            pieces
                .iter()
                .filter(|piece| piece.ink == ink)
                .map(|piece| piece.text.clone())
                .collect()
        };
        assert_eq!(in_ink(Ink::Spoken), ["For ", "Mars", ", wait."]);
        assert_eq!(in_ink(Ink::Value), ["/ivr/menu"]);
    }

    #[test]
    fn each_verb_stands_on_lines_of_its_own_with_all_that_is_in_it() {
        let document = "<?xml version=\"1.0\"?><Response><!-- hello --><Gather><Say>Press 1</Say></Gather>\
                        <Redirect>/again</Redirect><Hangup/></Response>";

        let verbs: Vec<_> = by_verb(lay_out(document))
            .into_iter()
            .map(|(verb, pieces)| {
                let text: String = pieces.into_iter().map(|piece| piece.text).collect();
                (verb, text)
            })
            .collect();

        let line = |verb, text: &str| (verb, text.to_owned());
        assert_eq!(
            verbs,
            [
                line(
                    None,
                    "<?xml version=\"1.0\"?>\n<Response>\n  <!-- hello -->"
                ),
                line(Some(0), "  <Gather>\n    <Say>Press 1</Say>\n  </Gather>"),
                line(Some(1), "  <Redirect>/again</Redirect>"),
                line(Some(2), "  <Hangup/>"),
                line(None, "</Response>"),
            ]
        );
    }

    #[test]
    fn a_sign_inside_quotes_does_not_end_a_tag() {
        assert_eq!(
            plain(r#"<Dial><Sip x="a>b"/></Dial>"#),
            "<Dial>\n  <Sip x=\"a>b\"/>\n</Dial>"
        );
    }

    #[test]
    fn what_is_no_document_is_shown_as_it_is() {
        for text in [
            "",
            "sorry",
            "</Say></Say>",
            "<Say",
            "<Say>Hello",
            "a < b",
            "<Say>\u{e9}<",
        ] {
            let kept: String = plain(text).split_whitespace().collect();

            assert_eq!(kept, text.split_whitespace().collect::<String>());
        }
    }

    fn plain(document: &str) -> String {
        lay_out(document)
            .into_iter()
            .map(|piece| piece.text)
            .collect()
    }
}
