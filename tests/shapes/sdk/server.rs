//! A server on this machine that takes the bodies of calls and answers each with an empty reply.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

const REPLY: &str =
    r#"{"created": 1, "data": [], "id": "resp_1", "object": "response", "output": []}"#;

/// The server, which ends after so many calls.
pub struct Server {
    address: String,
    bodies: JoinHandle<Vec<Vec<u8>>>,
}

impl Server {
    pub fn start(calls: usize) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/v1", listener.local_addr().expect("an address"));
        let bodies = std::thread::spawn(move || {
            let mut bodies = Vec::new();
            while bodies.len() < calls {
                let (stream, _) = listener.accept().expect("a connection");
                take_all(stream, calls, &mut bodies);
            }
            bodies
        });
        Server { address, bodies }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// The bodies, in the order in which they came.
    pub fn bodies(self) -> Vec<Vec<u8>> {
        self.bodies.join().expect("the server's end")
    }
}

/// The calls of one connection, which SDKs keep open.
fn take_all(stream: TcpStream, calls: usize, bodies: &mut Vec<Vec<u8>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("the connection"));
    let mut writer = stream;
    while let Some(body) = body(&mut reader) {
        bodies.push(body);
        let length = REPLY.len();
        write!(writer, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{REPLY}")
            .expect("an answer");
        if bodies.len() == calls {
            return;
        }
    }
}

/// The body of the next call; none where the caller has hung up.
fn body(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let line = line(reader)?;
        if line.is_empty() {
            break;
        }
        let (key, value) = line.split_once(':').unwrap_or_default();
        match key.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().expect("a length"),
            "transfer-encoding" => is_chunked = value.trim() == "chunked",
            _ => {}
        }
    }
    Some(if is_chunked { chunks(reader) } else { exactly(reader, length) })
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    let read = reader.read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

fn exactly(reader: &mut impl Read, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).expect("the whole body");
    bytes
}

fn chunks(reader: &mut impl BufRead) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let length = line(reader).expect("the length of a chunk");
        let length = usize::from_str_radix(&length, 16).expect("a hexadecimal length");
        body.extend(exactly(reader, length));
        line(reader);
        if length == 0 {
            return body;
        }
    }
}
