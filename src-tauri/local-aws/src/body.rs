//! The body of an answer: whole, or one that breaks off in its middle.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

/// Bytes on their way out.
pub(crate) struct Body {
    /// As the head says, in bytes.
    length: u64,
    rest: Option<Bytes>,
    breaks: Break,
}

#[derive(Clone, Copy, PartialEq)]
enum Break {
    Never,
    /// After the bytes, and after they had their turn to leave.
    Soon,
    Now,
}

impl Body {
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self {
            length: bytes.len() as u64,
            rest: Some(bytes),
            breaks: Break::Never,
        }
    }

    /// The first half, and then an error.
    pub(crate) fn broken(self) -> Self {
        let half = self.rest.map(|bytes| bytes.slice(..bytes.len() / 2));
        Self {
            rest: half,
            breaks: Break::Soon,
            ..self
        }
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.rest.take().filter(|bytes| !bytes.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match self.breaks {
            Break::Never => Poll::Ready(None),
            Break::Soon => {
                self.breaks = Break::Now;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Break::Now => Poll::Ready(Some(Err(io::Error::other("cut off by the script")))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }

    fn is_end_stream(&self) -> bool {
        self.breaks == Break::Never && self.rest.as_ref().is_none_or(Bytes::is_empty)
    }
}
