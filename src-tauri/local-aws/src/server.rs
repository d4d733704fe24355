//! The server: HTTP/1.1 without TLS on loopback. Takes a request whole, logs it, answers it by the script or truthfully.

use std::{
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
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};

use crate::{
    body::Body,
    call::{Call, Service},
    control::{self, CONTROL},
    oidc,
    pages::{self, Page},
    portal,
    refusal::{Answer, Refusal, refuse, result_xml},
    script::Scripted,
    signature::{Claim, text},
    signin,
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
        return page(
            shared.lock().clock.now(),
            &Reply::refusal(&refusal, Service::Sts),
        );
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
    /// The kind of no, where a header says it.
    error_type: Option<String>,
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
            error_type: None,
            body,
        }
    }

    fn refusal(refusal: &Refusal, service: Service) -> Self {
        match service {
            Service::Sts => Self::new(refusal.status, "text/xml", refusal.xml(&request_id())),
            Service::Page => pages::refused(refusal).reply(),
            Service::Portal | Service::Oidc | Service::SignIn => Self {
                error_type: Some(refusal.code.clone()),
                ..Self::json(refusal.status, &refusal.json(service))
            },
        }
    }

    fn json(status: u16, value: &Value) -> Self {
        let body = if value.is_null() {
            String::new()
        } else {
            value.to_string()
        };
        Self::new(status, "application/json", body)
    }
}

impl Page {
    fn reply(self) -> Reply {
        match self {
            Self::Shown { status, html } => Reply::new(status, "text/html; charset=utf-8", html),
            Self::GoTo(location) => Reply {
                location: Some(location),
                ..Reply::new(302, "text/html", String::new())
            },
        }
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
    let call = Call::of(request);
    let scripted = next_scripted(state, &call.action);
    let truth = match &scripted {
        None | Some(Scripted::Reset | Scripted::Truncated) => Some(truth(state, request, &call)),
        Some(_) => None,
    };
    let outcome = match (&scripted, &truth) {
        (Some(scripted), _) => scripted.kind(),
        (None, Some(Err(refusal))) => &refusal.code,
        (None, _) => "ok",
    };
    let logged = logged(request, &call, state.clock.now(), outcome);
    state.log.push(logged);
    shared.bell.notify_all();

    let refused = |refusal: &Refusal| Reply::refusal(refusal, call.service);
    let true_reply = truth.map(|truth| truth.unwrap_or_else(|refusal| refused(&refusal)));
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
        }) => refused(&refuse(status, &code, message)),
        Some(Scripted::Throttled) if call.service == Service::Sts => refused(&Refusal::throttled()),
        Some(Scripted::Throttled) => refused(&Refusal::too_many_requests()),
        Some(Scripted::RegionDisabled) => refused(&Refusal::region_disabled()),
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

/// What this AWS says of itself, unless the script has it otherwise.
fn truth(state: &mut State, request: &Request<Bytes>, call: &Call) -> Answer<Reply> {
    let here = || format!("http://{}", text(request, "host").unwrap_or_default());
    let json = |value: Value| Reply::json(200, &value);
    match call.service {
        Service::Sts => {
            let inner = sts::answer(state, request, &call.action, &call.parameters)?;
            let xml = result_xml(&call.action, &inner, &request_id());
            Ok(Reply::new(200, "text/xml", xml))
        }
        Service::Portal => {
            portal::answer(state, call, text(request, "x-amz-sso_bearer_token")).map(json)
        }
        Service::Oidc => oidc::answer(state, call, &here()).map(json),
        Service::SignIn => signin::answer(state, request, call).map(json),
        Service::Page => pages::answer(state, request, call).map(Page::reply),
    }
}

fn next_scripted(state: &mut State, action: &str) -> Option<Scripted> {
    let at = state.script.iter().position(|(of, _)| of == action)?;
    state.script.remove(at).map(|(_, answer)| answer)
}

/// Parameters that whoever reads the log must not learn.
const SECRETS: [&str; 11] = [
    "TokenCode",
    "WebIdentityToken",
    "SAMLAssertion",
    "clientSecret",
    "deviceCode",
    "code",
    "codeVerifier",
    "code_challenge",
    "refreshToken",
    "state",
    "user_code",
];

fn logged(request: &Request<Bytes>, call: &Call, at: Timestamp, answer: &str) -> Logged {
    let claim = Claim::of(request).ok();
    let shown = call
        .parameters
        .iter()
        .filter(|(name, _)| *name != "Version");
    let shown = shown.map(|(name, value)| {
        let secret = SECRETS.contains(&name.as_str());
        let value = if secret { MASK } else { value };
        (name.clone(), value.to_owned())
    });
    Logged {
        action: call.action.clone(),
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
    if let Some(kind) = &reply.error_type {
        builder = builder.header("x-amzn-errortype", kind);
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
