//! Load over keep-alive connections: each sends a request, reads the whole answer, checks it, and goes on.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::trouble::Trouble;

/// A server that does not answer by then has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// How a good answer begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Good {
    pub(super) status: u16,
    pub(super) body: &'static str,
}

/// What the clients saw.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) took: Duration,
    /// From the first byte sent to the last one read.
    pub(super) latencies: Vec<Duration>,
}

/// Connections that stay open between requests.
pub(super) struct Clients {
    port: u16,
    connections: Vec<Connection>,
}

impl Clients {
    pub(super) fn connect(port: u16, count: usize) -> Result<Self, Trouble> {
        let connections = (0..count)
            .map(|_| Connection::open(port))
            .collect::<Result<_, _>>()
            .map_err(|why| said(port, &why))?;
        Ok(Self { port, connections })
    }

    /// Sends `total` requests, beginning again with the first when they run out. The first answer
    /// that is not good ends it.
    pub(super) fn send(
        &mut self,
        requests: &[Vec<u8>],
        total: usize,
        good: Good,
    ) -> Result<Seen, Trouble> {
        let next = AtomicUsize::new(0);
        let work = |connection: &mut Connection| -> Result<Vec<Duration>, String> {
            let mut latencies = Vec::with_capacity(total);
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= total {
                    return Ok(latencies);
                }
                let sent = Instant::now();
                connection
                    .exchange(&requests[number % requests.len()], good)
                    .inspect_err(|_| next.store(total, Ordering::Relaxed))?;
                latencies.push(sent.elapsed());
            }
        };
        let start = Instant::now();
        let results: Vec<Result<Vec<Duration>, String>> = thread::scope(|scope| {
            let work = &work;
            let workers: Vec<_> = self
                .connections
                .iter_mut()
                .map(|connection| scope.spawn(move || work(connection)))
                .collect();
            workers
                .into_iter()
                .map(|worker| {
                    worker
                        .join()
                        .unwrap_or_else(|_| Err("a client panicked".to_owned()))
                })
                .collect()
        });
        let mut seen = Seen {
            took: start.elapsed(),
            latencies: Vec::with_capacity(total),
        };
        for result in results {
            seen.latencies
                .extend(result.map_err(|why| said(self.port, &why))?);
        }
        Ok(seen)
    }
}

fn said(port: u16, why: &str) -> Trouble {
    Trouble::failed(format!("the server on port {port}: {why}"))
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn open(port: u16) -> Result<Self, String> {
        let opened = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).and_then(|stream| {
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            Ok(stream)
        });
        Ok(Self {
            stream: opened.map_err(|error| format!("no connection: {error}"))?,
            buffer: Vec::with_capacity(8 * 1024),
        })
    }

    fn exchange(&mut self, request: &[u8], good: Good) -> Result<(), String> {
        self.stream
            .write_all(request)
            .map_err(|error| format!("a request could not be sent: {error}"))?;
        self.buffer.clear();
        let mut chunk = [0; 8 * 1024];
        loop {
            if let Some(answer) = Answer::read(&self.buffer)? {
                return answer.check(good);
            }
            match self.stream.read(&mut chunk) {
                Ok(0) => return Err("the connection was closed before the answer".to_owned()),
                Ok(length) => self.buffer.extend_from_slice(&chunk[..length]),
                Err(error) => return Err(format!("no answer: {error}")),
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Answer<'a> {
    status: u16,
    body: &'a [u8],
}

impl<'a> Answer<'a> {
    /// Nothing while bytes are missing.
    fn read(bytes: &'a [u8]) -> Result<Option<Self>, String> {
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            return Ok(None);
        };
        let (head, body) = (&bytes[..end], &bytes[end + 4..]);
        let head = std::str::from_utf8(head).map_err(|_| "the answer's head is no text")?;
        let mut lines = head.split("\r\n");
        let status: u16 = lines
            .next()
            .and_then(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok())
            .ok_or("the answer is not HTTP/1.1")?;
        let length = lines
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map(|(_, value)| value.trim().parse());
        let length: usize = match length {
            Some(Ok(length)) => length,
            None if status == 204 => 0,
            Some(Err(_)) | None => return Err("the answer does not say how long it is".to_owned()),
        };
        Ok(body.get(..length).map(|body| Self { status, body }))
    }

    fn check(&self, good: Good) -> Result<(), String> {
        if self.status == good.status && self.body.starts_with(good.body.as_bytes()) {
            return Ok(());
        }
        let body = String::from_utf8_lossy(self.body);
        let beginning: String = body.chars().take(300).collect();
        Err(format!(
            "answered {} {beginning:?} instead of {} {:?}",
            self.status, good.status, good.body
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Good = Good {
        status: 200,
        body: "<Resp",
    };

    #[test]
    fn an_answer_is_read_once_it_is_whole() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n<Response>";

        for end in 0..whole.len() {
            assert_eq!(Answer::read(&whole[..end]), Ok(None), "{end}");
        }
        let answer = Answer::read(whole).unwrap().unwrap();
        assert_eq!(
            answer,
            Answer {
                status: 200,
                body: b"<Response>"
            }
        );
        assert_eq!(answer.check(GOOD), Ok(()));
    }

    #[test]
    fn an_answer_without_a_body_need_not_say_its_length() {
        let answer = Answer::read(b"HTTP/1.1 204 No Content\r\n\r\n");

        assert_eq!(
            answer,
            Ok(Some(Answer {
                status: 204,
                body: b""
            }))
        );
    }

    #[test]
    fn a_broken_server_does_not_look_fast() {
        let answers: [&[u8]; 3] = [
            b"HTTP/1.1 500 Oh\r\nContent-Length: 10\r\n\r\n<Response>",
            b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>",
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        ];

        for answer in answers {
            let answer = Answer::read(answer).unwrap().unwrap();
            assert!(answer.check(GOOD).is_err(), "{answer:?}");
        }
    }
}
