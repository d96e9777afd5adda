package dev.odometer.conformance;

import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Runs the cases over a socket, on PostgreSQL. */
class CasesLocalIT extends CasesContract {

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    HttpReply answer(Sent sent) throws Exception {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(sent.headers().toString())) {
            // Java's client does not send such headers.
            return new RawClient(LocalServer.port()).send(CasesInMemoryTest.request(sent));
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + LocalServer.port() + sent.target()))
                .method(sent.method(), BodyPublishers.ofByteArray(sent.body()));
        sent.headers().forEach(request::header);
        HttpResponse<byte[]> reply = client.send(request.build(), BodyHandlers.ofByteArray());
        return new HttpReply(reply.statusCode(), Headers.of(reply.headers().map()), reply.body());
    }
}
