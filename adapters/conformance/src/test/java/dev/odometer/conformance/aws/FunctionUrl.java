package dev.odometer.conformance.aws;

import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;

/** A Lambda Function URL: like an HTTP API without stages, except that the path is as sent. */
final class FunctionUrl implements Gateway {

    @Override
    public String name() {
        return "Function URL";
    }

    @Override
    public byte[] event(HttpRequest request) {
        return Events.JSON.writeValueAsBytes(
                HttpApi.event(request, request.path(), "$default", "k3v9example.lambda-url.eu-central-1.on.aws"));
    }

    @Override
    public HttpReply reply(byte[] answer) {
        return HttpApi.read(answer);
    }
}
