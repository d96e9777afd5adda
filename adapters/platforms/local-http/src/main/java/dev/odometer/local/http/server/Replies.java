package dev.odometer.local.http.server;

import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.refusal.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes answers: small ones at once, large ones as fast as their clients read them, while there is memory for them. */
record Replies(HttpDoor door, ReplyBudget budget, ClientTimeouts timeouts) {

    /** An answer of this size fits into the socket's buffer, so that writing it does not wait for the client. */
    static final int FEW_BYTES = 64 * 1024;

    void write(HttpReply reply, HttpRequest head, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (reply.body().length <= FEW_BYTES) {
            writeNow(reply, response);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(timeouts.request().toMillis());
        write(reply, head, async);
    }

    /** Writes the answer and completes the request. */
    void write(HttpReply reply, HttpRequest head, AsyncContext async) throws IOException {
        var response = (HttpServletResponse) async.getResponse();
        if (reply.body().length <= FEW_BYTES) {
            writeNow(reply, response);
            async.complete();
            return;
        }
        var writer = new ReplyWriter(async, reply.body(), budget);
        if (budget.add(writer, System.nanoTime())) {
            writeHead(reply, response);
            writer.start();
        } else {
            writeNow(door.replyTo(head, busy()), response);
            async.complete();
        }
    }

    /**
     * Writes an answer whose body stays in memory anyway. It does not count against the budget, so that clients without
     * an API key cannot exhaust it.
     */
    void writeKept(HttpReply reply, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (reply.body().length <= FEW_BYTES) {
            writeNow(reply, response);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(timeouts.request().toMillis());
        writeHead(reply, response);
        new ReplyWriter(async, reply.body(), budget).start();
    }

    private static Refusal busy() {
        return Refusal.unavailable(
                "too many clients read large answers slowly", new IllegalStateException("answer budget exhausted"));
    }

    private static void writeHead(HttpReply reply, HttpServletResponse response) {
        response.setStatus(reply.status());
        reply.headers().forEach(response::addHeader);
    }

    static void writeNow(HttpReply reply, HttpServletResponse response) throws IOException {
        writeHead(reply, response);
        response.getOutputStream().write(reply.body());
    }
}
