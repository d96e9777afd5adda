package dev.odometer.conformance.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests without the browser, for the data of a test. */
final class Api {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Api() {}

    /** Sends JSON with the key of the tests, and returns the body of a successful response. */
    static String call(ConsoleServer server, String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server.url()).resolve(path))
                .header("Authorization", "Bearer " + ConsoleServer.KEY)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> reply = send(request);
        if (reply.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + reply.statusCode() + " " + reply.body());
        }
        return reply.body();
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request.build(), BodyHandlers.ofString());
    }

    static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return CLIENT.send(request, body);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The value of the first member of this name whose value is a text. */
    static String text(String json, String member) {
        return Optional.of(java.util.regex.Pattern.compile("\"" + member + "\":\"([^\"]*)\"")
                        .matcher(json))
                .filter(java.util.regex.Matcher::find)
                .map(found -> found.group(1))
                .orElseThrow(() -> new AssertionError(member + " in " + json));
    }
}
