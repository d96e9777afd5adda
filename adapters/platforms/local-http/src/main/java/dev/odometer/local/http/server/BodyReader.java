package dev.odometer.local.http.server;

import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.refusal.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads a body as fast as the client sends it, without a thread, and then answers the request. Memory is reserved for
 * what has arrived. The body of a refused request is discarded.
 *
 * <p>The container calls the listeners of a request one after another.
 */
final class BodyReader implements ReadListener, AsyncListener {

    private static final int CHUNK = 8192;

    private final AsyncContext async;
    private final ServletInputStream in;
    private final HttpDoor door;
    private final BodyBudget budget;
    private final ClientTimeouts timeouts;
    private final Replies replies;
    private final HttpRequest head;
    private final Optional<HttpReply> refusal;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final byte[] chunk = new byte[CHUNK];
    private int reserved;
    private boolean isAnswered;

    BodyReader(Replies replies, BodyBudget budget, HttpRequest head, Optional<HttpReply> refusal, AsyncContext async)
            throws IOException {
        this.async = async;
        this.in = async.getRequest().getInputStream();
        this.replies = replies;
        this.door = replies.door();
        this.budget = budget;
        this.timeouts = replies.timeouts();
        this.head = head;
        this.refusal = refusal;
        // What was in a buffer of the server, which needs no reservation.
        body.writeBytes(head.body());
    }

    void start() {
        async.setTimeout((refusal.isPresent() ? timeouts.refused() : timeouts.request()).toMillis());
        async.addListener(this);
        in.setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!isAnswered && in.isReady()) {
            int count = in.read(chunk);
            if (count < 0) {
                return;
            }
            if (refusal.isEmpty()) {
                add(count);
            }
        }
    }

    private void add(int count) throws IOException {
        if (body.size() + count > door.maxBodyBytes()) {
            abort(door.replyTo(head, door.tooLarge()));
        } else if (reserve(count)) {
            body.write(chunk, 0, count);
        } else {
            abort(door.replyTo(head, busy()));
        }
    }

    private boolean reserve(int bytes) {
        if (!budget.take(bytes)) {
            return false;
        }
        reserved += BodyBudget.units(bytes);
        return true;
    }

    private static Refusal busy() {
        return Refusal.unavailable("too many large bodies at once", new IllegalStateException("body budget exhausted"));
    }

    @Override
    public void onAllDataRead() throws IOException {
        if (isAnswered) {
            return;
        }
        isAnswered = true;
        boolean isPacked = head.headers().first("Content-Encoding").isPresent();
        if (refusal.isPresent()) {
            replies.write(refusal.get(), head, async);
        } else if (isPacked && !reserve(door.maxBodyBytes())) {
            replies.write(door.replyTo(head, busy()), head, async);
        } else {
            byte[] whole = body.toByteArray();
            // Its buffer is up to twice as large as the body.
            body = new ByteArrayOutputStream(0);
            HttpReply reply = door.handle(head.withBody(whole));
            release();
            replies.write(reply, head, async);
        }
    }

    /** Answers before the body is complete. The connection cannot be used for another request. */
    private void abort(HttpReply reply) throws IOException {
        isAnswered = true;
        var response = (HttpServletResponse) async.getResponse();
        response.setHeader("Connection", "close");
        Replies.writeNow(reply, response);
        response.flushBuffer();
        Connections.abort(async);
        async.complete();
    }

    @Override
    public void onError(Throwable broken) {
        try {
            if (!isAnswered) {
                abort(door.replyTo(head, Refusal.invalid("the body ended early")));
            }
        } catch (IOException disconnected) {
            async.complete();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (!isAnswered) {
            abort(refusal.orElseGet(() -> door.replyTo(
                    head,
                    Rejection.of(
                            408,
                            "the request did not arrive within "
                                    + timeouts.request().toSeconds() + " s"))));
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        release();
    }

    private void release() {
        budget.give(reserved);
        reserved = 0;
    }

    @Override
    public void onError(AsyncEvent event) {
        // The container completes the request.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Not used: the request is started once.
    }
}
