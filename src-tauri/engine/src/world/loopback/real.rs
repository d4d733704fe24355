//! Just enough HTTP for one page: a head, no body, one answer, and the connection ends. Each connection has its own task,
//! so that one that says nothing keeps nobody out.

use std::{io, net::Ipv4Addr, pin::Pin, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use super::{Door, Loopback, Visit};

/// More than any browser's head for a code, in bytes.
const HEAD: usize = 16 * 1024;
/// Who says nothing for so long is sent away.
const PATIENCE: Duration = Duration::from_secs(10);

/// Doors of this computer.
#[derive(Debug)]
pub struct RealLoopback;

impl Loopback for RealLoopback {
    fn open(&self) -> io::Result<Box<dyn Door>> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let listener = TcpListener::from_std(listener)?;
        let (tell, visits) = mpsc::channel(8);
        let task = tokio::spawn(async move {
            loop {
                // Who hung up before being let in is no reason to close.
                if let Ok((stream, _)) = listener.accept().await {
                    let tell = tell.clone();
                    tokio::spawn(tokio::time::timeout(PATIENCE, converse(stream, port, tell)));
                }
            }
        });
        Ok(Box::new(RealDoor { port, visits, task }))
    }
}

struct RealDoor {
    port: u16,
    visits: mpsc::Receiver<Visit>,
    task: JoinHandle<()>,
}

impl Door for RealDoor {
    fn port(&self) -> u16 {
        self.port
    }

    fn visit(&mut self) -> Pin<Box<dyn Future<Output = Visit> + Send + '_>> {
        Box::pin(async move {
            match self.visits.recv().await {
                Some(visit) => visit,
                // The task that sends lives as long as this.
                None => std::future::pending().await,
            }
        })
    }
}

impl Drop for RealDoor {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn converse(mut stream: TcpStream, port: u16, tell: mpsc::Sender<Visit>) {
    let (status, page) = match head(&mut stream).await {
        None => (431, "This is no browser's request.".to_owned()),
        Some(head) if !is_for(&head, port) => (403, "This is for this computer alone.".to_owned()),
        Some(head) => {
            let mut words = head.lines().next().unwrap_or_default().split(' ');
            let (method, target) = (words.next(), words.next());
            let (answer, answered) = oneshot::channel();
            let visit = Visit {
                method: method.unwrap_or_default().to_owned(),
                target: target.unwrap_or_default().to_owned(),
                answer: Box::new(move |status, page| {
                    // A browser that hung up has seen enough.
                    let _ = answer.send((status, page.to_owned()));
                }),
            };
            if tell.send(visit).await.is_err() {
                return;
            }
            match answered.await {
                Ok(answer) => answer,
                Err(_) => return,
            }
        }
    };
    let reply = format!(
        "HTTP/1.1 {status} \r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\ncontent-security-policy: default-src 'none'\r\n\
         connection: close\r\n\r\n{page}",
        page.len()
    );
    // How the browser ends its connection is its own affair.
    let _ = stream.write_all(reply.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// The request's head; none where it is longer than any browser's, or no text.
async fn head(stream: &mut TcpStream) -> Option<String> {
    let (mut bytes, mut part) = (Vec::new(), [0; 2048]);
    while bytes.len() <= HEAD {
        let count = stream
            .read(&mut part)
            .await
            .ok()
            .filter(|count| *count > 0)?;
        bytes.extend_from_slice(&part[..count]);
        if bytes.windows(4).any(|four| four == b"\r\n\r\n") {
            return String::from_utf8(bytes).ok();
        }
    }
    None
}

/// It was meant for this door: a page elsewhere that has its own name point here knocks under that name.
fn is_for(head: &str, port: u16) -> bool {
    let host = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then_some(value.trim())
    });
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    host.is_some_and(|host| names.iter().any(|name| name == host))
}
