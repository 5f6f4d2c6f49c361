//! A small server on this machine that answers from a script, byte by byte as written; for the scenes of the client.

use std::fmt::Write as _;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// Answers one connection after the other from the script; what was asked comes out of the channel.
pub(super) struct Server {
    /// Scheme, host and port.
    pub(super) base: String,
    asked: mpsc::UnboundedReceiver<String>,
}

impl Server {
    /// Starts it; it ends when the script does.
    pub(super) async fn answering(script: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (tell, asked) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            for answer in script {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await.unwrap());
                }
                let head = String::from_utf8(head).unwrap();
                // What is left unread would reset the connection under the answer.
                let body = head.lines().filter_map(|line| line.split_once(": ")).find_map(|(name, value)| {
                    name.eq_ignore_ascii_case("content-length").then(|| value.parse().unwrap())
                });
                stream.read_exact(&mut vec![0; body.unwrap_or(0)]).await.unwrap();
                tell.send(head).unwrap();
                // The client hangs up on an answer that is too large.
                let _ = stream.write_all(&answer).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { base, asked }
    }

    /// What has been asked so far.
    pub(super) fn heads(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.asked.try_recv().ok()).map(|head| head.to_ascii_lowercase()).collect()
    }
}

/// An answer with its length and `headers`.
pub(super) fn answer(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for header in headers {
        write!(head, "{header}\r\n").unwrap();
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}
