package dev.odometer.local.http.server;

import dev.odometer.door.http.HttpReply;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Writes an answer that may not fit into the socket's buffer, as fast as the client reads it, without a thread. A client
 * that does not read it in time loses its connection.
 */
final class ReplyWriter implements WriteListener, AsyncListener {

    /** An answer of this size fits into the socket's buffer, so that writing it does not wait for the client. */
    static final int FEW_BYTES = 64 * 1024;

    private static final int CHUNK = 16 * 1024;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final byte[] body;
    private int written;

    private ReplyWriter(AsyncContext async, byte[] body) throws IOException {
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.body = body;
    }

    static void write(
            HttpReply reply, HttpServletRequest request, HttpServletResponse response, ClientTimeouts timeouts)
            throws IOException {
        if (reply.body().length <= FEW_BYTES) {
            writeNow(reply, response);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(timeouts.request().toMillis());
        write(reply, async);
    }

    /** Writes the answer and completes the request. */
    static void write(HttpReply reply, AsyncContext async) throws IOException {
        var response = (HttpServletResponse) async.getResponse();
        if (reply.body().length <= FEW_BYTES) {
            writeNow(reply, response);
            async.complete();
            return;
        }
        writeHead(reply, response);
        var writer = new ReplyWriter(async, reply.body());
        async.addListener(writer);
        writer.out.setWriteListener(writer);
    }

    private static void writeHead(HttpReply reply, HttpServletResponse response) {
        response.setStatus(reply.status());
        reply.headers().forEach(response::addHeader);
    }

    static void writeNow(HttpReply reply, HttpServletResponse response) throws IOException {
        writeHead(reply, response);
        response.getOutputStream().write(reply.body());
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (written == body.length) {
                async.complete();
                return;
            }
            int count = Math.min(CHUNK, body.length - written);
            out.write(body, written, count);
            written += count;
        }
    }

    @Override
    public void onError(Throwable disconnected) {
        async.complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        Connections.abort(async);
        async.complete();
    }

    @Override
    public void onError(AsyncEvent event) {
        // The container completes the request.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Not used: the request is started once.
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // Nothing is held.
    }
}
