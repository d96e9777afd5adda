package dev.odometer.google;

import com.google.cloud.functions.HttpResponse;
import dev.odometer.door.Headers;
import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
import java.io.IOException;

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
                mark < 0 ? null : target.substring(mark + 1),
                Headers.of(request.getHeaders()),
                // One more than may be: enough to see that it is too many.
                request.getInputStream().readNBytes(maxBodyBytes + 1));
    }

    /** What follows scheme and authority, where there are any. */
    private static String target(String uri) {
        int authority = uri.indexOf("://");
        if (authority < 0 || uri.startsWith("/")) {
            return uri;
        }
        int path = uri.indexOf('/', authority + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    static void answer(HttpReply reply, HttpResponse response) throws IOException {
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::appendHeader);
        response.getOutputStream().write(reply.body());
    }
}
