//! The server: HTTP/1.1 without TLS on loopback. Takes a request whole, logs it, answers it by the script or truthfully.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    future::{pending, poll_fn},
    pin::Pin,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use http::{Request, Response, header};
use http_body_util::{BodyExt, Limited};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use tokio::net::{TcpListener, TcpStream};

use crate::{
    body::Body,
    control::{self, CONTROL},
    refusal::{Refusal, refuse, result_xml},
    script::Scripted,
    signature::{Claim, text},
    state::{Logged, State, random_text},
    sts,
};

/// More than any request of STS needs, in bytes.
const MOST: usize = 256 * 1024;
/// Not a secret's length, whatever the secret.
const MASK: &str = "••••";

/// The state, and a bell for whoever waits for a request.
pub(crate) struct Shared {
    state: Mutex<State>,
    pub(crate) bell: Condvar,
}

impl Shared {
    pub(crate) fn of(state: State) -> Self {
        Self {
            state: Mutex::new(state),
            bell: Condvar::new(),
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers until it is dropped.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) -> Infallible {
    loop {
        // A caller that hung up before it was taken in is no reason to stop.
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, shared.clone()));
        }
    }
}

/// One connection, which carries any number of requests; a reset drops it hard.
async fn converse(stream: TcpStream, shared: Arc<Shared>) {
    let reset = Arc::new(AtomicBool::new(false));
    let flag = reset.clone();
    let service = service_fn(move |request| {
        let (shared, flag) = (shared.clone(), flag.clone());
        let answer: Pin<Box<dyn Future<Output = _> + Send>> =
            Box::pin(async move { Ok::<_, Infallible>(answer(request, &shared, &flag).await) });
        answer
    });
    let mut connection = http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), service);
    // How a caller ends its connection is its own affair.
    let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    if reset.load(Ordering::Relaxed) {
        let stream = connection.into_parts().io.into_inner();
        // Closing then sends RST instead of FIN.
        let _ = stream.set_zero_linger();
    }
}

async fn answer(request: Request<Incoming>, shared: &Shared, reset: &AtomicBool) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MOST).collect().await else {
        let refusal = refuse(413, "RequestEntityTooLarge", "The request is too large");
        return page(shared.lock().clock.now(), &Reply::refusal(&refusal));
    };
    let request = Request::from_parts(head, body.to_bytes());
    let reply = reply(&request, shared);
    let now = shared.lock().clock.now();
    match reply {
        Some((reply, Cut::Nowhere)) => page(now, &reply),
        Some((reply, Cut::Reset)) => {
            reset.store(true, Ordering::Relaxed);
            page(now, &reply).map(Body::broken)
        }
        None => pending().await,
    }
}

/// What goes back.
struct Reply {
    status: u16,
    content_type: String,
    location: Option<String>,
    body: String,
}

/// Where the connection breaks.
enum Cut {
    Nowhere,
    Reset,
}

impl Reply {
    fn new(status: u16, content_type: &str, body: String) -> Self {
        Self {
            status,
            content_type: content_type.to_owned(),
            location: None,
            body,
        }
    }

    fn refusal(refusal: &Refusal) -> Self {
        Self::new(refusal.status, "text/xml", refusal.xml(&request_id()))
    }
}

/// None where nothing is to be answered.
fn reply(request: &Request<Bytes>, shared: &Shared) -> Option<(Reply, Cut)> {
    let state = &mut *shared.lock();
    if request.uri().path() == CONTROL {
        let (status, value) = control::answer(state, request);
        let reply = Reply::new(status, "application/json", value.to_string());
        return Some((reply, Cut::Nowhere));
    }
    let (action, parameters) = parameters_of(request);
    let scripted = next_scripted(state, &action);
    let truth = match &scripted {
        None | Some(Scripted::Reset | Scripted::Truncated) => {
            Some(sts::answer(state, request, &action, &parameters))
        }
        Some(_) => None,
    };
    let outcome = match (&scripted, &truth) {
        (Some(scripted), _) => scripted.kind(),
        (None, Some(Err(refusal))) => &refusal.code,
        (None, _) => "ok",
    };
    let logged = logged(request, &action, &parameters, state.clock.now(), outcome);
    state.log.push(logged);
    shared.bell.notify_all();

    let true_reply = truth.map(|truth| match truth {
        Ok(inner) => Reply::new(200, "text/xml", result_xml(&action, &inner, &request_id())),
        Err(refusal) => Reply::refusal(&refusal),
    });
    let reply = match scripted {
        None => true_reply?,
        Some(Scripted::Reset) => return Some((true_reply?, Cut::Reset)),
        Some(Scripted::Truncated) => {
            let mut reply = true_reply?;
            let half = reply.body.floor_char_boundary(reply.body.len() / 2);
            reply.body.truncate(half);
            reply
        }
        Some(Scripted::Refuse {
            status,
            code,
            message,
        }) => Reply::refusal(&refuse(status, &code, message)),
        Some(Scripted::Throttled) => Reply::refusal(&Refusal::throttled()),
        Some(Scripted::RegionDisabled) => Reply::refusal(&Refusal::region_disabled()),
        Some(Scripted::Page {
            status,
            content_type,
            body,
        }) => Reply::new(status, &content_type, body),
        Some(Scripted::Redirect { location }) => Reply {
            location: Some(location),
            ..Reply::new(302, "text/html", String::new())
        },
        Some(Scripted::Hang) => return None,
    };
    Some((reply, Cut::Nowhere))
}

fn next_scripted(state: &mut State, action: &str) -> Option<Scripted> {
    let at = state.script.iter().position(|(of, _)| of == action)?;
    state.script.remove(at).map(|(_, answer)| answer)
}

/// The action and the other parameters, from a form as `POST` sends it, or from the address.
fn parameters_of(request: &Request<Bytes>) -> (String, BTreeMap<String, String>) {
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let form = if request.method() == http::Method::POST {
        request.body()
    } else {
        query
    };
    let mut parameters: BTreeMap<_, _> = form_urlencoded::parse(form).into_owned().collect();
    (parameters.remove("Action").unwrap_or_default(), parameters)
}

fn logged(
    request: &Request<Bytes>,
    action: &str,
    parameters: &BTreeMap<String, String>,
    at: Timestamp,
    answer: &str,
) -> Logged {
    let claim = Claim::of(request).ok();
    let shown = parameters.iter().filter(|(name, _)| *name != "Version");
    let shown = shown.map(|(name, value)| {
        let secret = ["TokenCode", "WebIdentityToken", "SAMLAssertion"].contains(&name.as_str());
        let value = if secret { MASK } else { value };
        (name.clone(), value.to_owned())
    });
    Logged {
        action: action.to_owned(),
        key_id: claim.as_ref().map(|claim| claim.key_id.to_owned()),
        parameters: shown.collect(),
        host: text(request, "host").unwrap_or_default().to_owned(),
        region: claim.map(|claim| claim.region.to_owned()),
        at,
        answer: answer.to_owned(),
    }
}

fn page(now: Timestamp, reply: &Reply) -> Response<Body> {
    let date = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&now)
        .expect("a year of four digits");
    let mut builder = Response::builder()
        .status(reply.status)
        .header(header::DATE, date)
        .header(header::CONTENT_TYPE, &reply.content_type);
    if let Some(location) = &reply.location {
        builder = builder.header(header::LOCATION, location);
    }
    let whole = Body::whole(reply.body.clone().into());
    // A script may hold anything; what is no header of HTTP is not sent as one.
    builder
        .body(whole)
        .unwrap_or_else(|_| Response::new(Body::whole(Bytes::new())))
}

fn request_id() -> String {
    let hex = random_text(b"0123456789abcdef", 32);
    let (a, b, c) = (&hex[..8], &hex[8..12], &hex[12..16]);
    format!("{a}-{b}-{c}-{}-{}", &hex[16..20], &hex[20..])
}
