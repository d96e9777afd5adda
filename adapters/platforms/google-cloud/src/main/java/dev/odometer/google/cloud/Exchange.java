package dev.odometer.google.cloud;

import com.google.cloud.functions.HttpResponse;
import dev.odometer.door.Headers;
import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The framework's request and response, to and from the canonical ones. */
final class Exchange {

    private Exchange() {}

    /** Path and query come from the URI as it was sent: the framework's own have lost empty values and escapes. */
    static HttpRequest request(com.google.cloud.functions.HttpRequest request, int maxBodyBytes) throws IOException {
        String target = target(request.getUri());
        int mark = target.indexOf('?');
        return new HttpRequest(
                request.getMethod(),
                mark < 0 ? target : target.substring(0, mark),
                query(request, mark < 0 ? null : target.substring(mark + 1)),
                Headers.of(request.getHeaders()),
                // One more than may be: enough to see that it is too many.
                request.getInputStream().readNBytes(maxBodyBytes + 1));
    }

    /** Cloud Scheduler says in a header when a call was to be made. */
    private static @Nullable String query(com.google.cloud.functions.HttpRequest request, @Nullable String query) {
        return request.getFirstHeader("X-CloudScheduler-ScheduleTime")
                .map(due -> "due=" + URLEncoder.encode(due, StandardCharsets.UTF_8))
                .map(due -> query == null ? due : query + "&" + due)
                .orElse(query);
    }

    /** What follows scheme and authority, where there are any. */
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
