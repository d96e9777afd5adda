package dev.odometer.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** One POST request. From another thread, a caller can cancel it and read the part of the response that has arrived. */
final class Exchange implements Callable<Exchange.Answer> {

    /** How much of the response body is read: enough for 1,024 characters of up to 4 bytes in UTF-8. */
    private static final int READ_BYTES = 4096;

    private final CloseableHttpClient http;
    private final HttpPost post;
    private volatile @Nullable Answer soFar;

    Exchange(CloseableHttpClient http, HttpPost post) {
        this.http = http;
        this.post = post;
    }

    /**
     * The receiver's response.
     *
     * @param retryAfter the value of the Retry-After header
     * @param body the beginning of the body
     */
    record Answer(int status, @Nullable String retryAfter, String body) {}

    @Override
    public Answer call() throws IOException {
        URIAuthority authority = post.getAuthority();
        var target = new HttpHost(post.getScheme(), authority.getHostName(), authority.getPort());
        // Closing a response before its end also closes the connection, so no more of the body is read.
        try (ClassicHttpResponse response = http.executeOpen(target, post, null)) {
            Header retryAfter = response.getFirstHeader("Retry-After");
            var head = new Answer(response.getCode(), retryAfter == null ? null : retryAfter.getValue(), "");
            soFar = head;
            return new Answer(head.status, head.retryAfter, start(response.getEntity()));
        }
    }

    private static String start(@Nullable HttpEntity entity) throws IOException {
        return entity == null ? "" : new String(entity.getContent().readNBytes(READ_BYTES), StandardCharsets.UTF_8);
    }

    /** The status and headers, if they have arrived; they are a response even if the body never arrives. */
    @Nullable
    Answer soFar() {
        return soFar;
    }

    /** Aborts the request and closes its connection. */
    void cancel() {
        post.abort();
    }
}
