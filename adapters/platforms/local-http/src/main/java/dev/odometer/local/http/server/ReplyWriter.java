package dev.odometer.local.http.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer that may not fit into the socket's buffer, as fast as the client reads it, without a thread. A client
 * that does not read it in time loses its connection.
 */
final class ReplyWriter implements WriteListener, AsyncListener, ReplyBudget.Answer {

    private static final int CHUNK = 16 * 1024;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final ReplyBudget budget;
    private final int size;
    /** Null after the answer was given up. */
    private volatile byte @Nullable [] body;

    private int written;

    ReplyWriter(AsyncContext async, byte[] body, ReplyBudget budget) throws IOException {
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.body = body;
        this.size = body.length;
        this.budget = budget;
    }

    void start() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public int size() {
        return size;
    }

    /** The connection is closed when the client reads on, or at the deadline: only the container's threads may do so. */
    @Override
    public void giveUp() {
        body = null;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            byte[] bytes = body;
            if (bytes == null) {
                abort();
                return;
            }
            if (written == size) {
                async.complete();
                return;
            }
            int count = Math.min(CHUNK, size - written);
            out.write(bytes, written, count);
            written += count;
        }
    }

    private void abort() {
        Connections.abort(async);
        async.complete();
    }

    @Override
    public void onError(Throwable disconnected) {
        async.complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        abort();
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
        budget.remove(this);
        giveUp();
    }
}
