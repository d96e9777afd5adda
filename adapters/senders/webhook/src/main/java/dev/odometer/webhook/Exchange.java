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

/** One POST on its way. Whoever waits for it may look at what has come so far, and end it. */
final class Exchange implements Callable<Exchange.Answer> {

    /** Of the answer's body; 1,024 characters in UTF-8. */
    private static final int READ_BYTES = 4096;

    private final CloseableHttpClient http;
    private final HttpPost post;
    private volatile @Nullable Answer soFar;

    Exchange(CloseableHttpClient http, HttpPost post) {
        this.http = http;
        this.post = post;
    }

    /**
     * What the receiver said.
     *
     * @param body its beginning
     */
    record Answer(int status, @Nullable String retryAfter, String body) {}

    @Override
    public Answer call() throws IOException {
        URIAuthority authority = post.getAuthority();
        var target = new HttpHost(post.getScheme(), authority.getHostName(), authority.getPort());
        // Closed before its end the answer takes its connection along: no more is read than what is asked for.
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

    /** Its status is an answer, even if the rest never comes. */
    @Nullable
    Answer soFar() {
        return soFar;
    }

    /** Closes the connection, whatever it is at. */
    void cancel() {
        post.abort();
    }
}
