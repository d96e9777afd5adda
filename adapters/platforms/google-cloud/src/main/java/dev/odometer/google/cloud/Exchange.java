package dev.odometer.google.cloud;

import com.google.cloud.functions.HttpResponse;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Converts the Functions Framework's requests and responses to and from canonical ones. */
final class Exchange {

    private Exchange() {}

    /**
     * Reads path and query from the URI as sent, because the framework's own accessors drop empty values and escapes.
     *
     * @param maxBodyBytes the limit of the body, of which at most one byte more is read
     */
    static HttpRequest request(com.google.cloud.functions.HttpRequest request, int maxBodyBytes) throws IOException {
        String target = target(request.getUri());
        int mark = target.indexOf('?');
        return new HttpRequest(
                        request.getMethod(),
                        mark < 0 ? target : target.substring(0, mark),
                        query(request, mark < 0 ? null : target.substring(mark + 1)),
                        Headers.of(request.getHeaders()),
                        // One byte above the limit, so that the door detects and refuses a body that is too large.
                        request.getInputStream().readNBytes(maxBodyBytes + 1))
                .fromLastForwarded();
    }

    /** Appends the due time of a tick, which Cloud Scheduler sends as a header. */
    private static @Nullable String query(com.google.cloud.functions.HttpRequest request, @Nullable String query) {
        return request.getFirstHeader("X-CloudScheduler-ScheduleTime")
                .map(due -> "due=" + URLEncoder.encode(due, StandardCharsets.UTF_8))
                .map(due -> query == null ? due : query + "&" + due)
                .orElse(query);
    }

    /** The URI without scheme and authority, if it has them. */
    private static String target(String uri) {
        int authority = uri.indexOf("://");
        if (authority < 0 || uri.startsWith("/")) {
            return uri;
        }
        String target = uri.substring(authority + "://".length()).replaceFirst("^[^/?]*", "");
        return target.startsWith("/") ? target : "/" + target;
    }

    static void answer(HttpReply reply, HttpResponse response) throws IOException {
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::appendHeader);
        response.getOutputStream().write(reply.body());
    }
}
