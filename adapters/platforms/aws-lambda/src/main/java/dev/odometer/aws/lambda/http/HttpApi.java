package dev.odometer.aws.lambda.http;

import dev.odometer.door.Headers;
import dev.odometer.door.HttpRequest;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An HTTP API with payload format 2.0, and a function URL, which writes the same. */
final class HttpApi implements Codec {

    private static final byte[] NOTHING = {};

    @Override
    public boolean matches(JsonNode event) {
        return event.path("version").asString("").equals("2.0")
                && event.path("requestContext").has("http")
                && !event.path("requestContext").has("elb")
                && !Codec.isAuthorizer(event);
    }

    @Override
    public HttpRequest head(JsonNode event) {
        JsonNode context = RequestMembers.object(event, "requestContext");
        String method = RequestMembers.required(RequestMembers.object(context, "http"), "method");
        return new HttpRequest(
                method,
                path(event, context),
                RequestMembers.text(event, "rawQueryString").orElse(null),
                headers(event),
                NOTHING);
    }

    private static String path(JsonNode event, JsonNode context) {
        String path = RequestMembers.required(event, "rawPath");
        boolean isUrl = RequestMembers.text(context, "domainName").orElse("").contains(".lambda-url.");
        return isUrl ? path : path(path, context);
    }

    /** Unlike a function URL and a REST API, an HTTP API decodes the path, raw or not, and puts the stage before it. */
    static String path(String path, JsonNode context) {
        return Target.path(Target.withoutStage(path, RequestMembers.text(context, "stage")));
    }

    private static Headers headers(JsonNode event) {
        var headers = RequestMembers.collectedHeaders(event);
        List<String> cookies = RequestMembers.list(event, "cookies");
        if (!cookies.isEmpty()) {
            headers.put("cookie", List.of(String.join("; ", cookies)));
        }
        return Headers.of(headers);
    }

    @Override
    public void write(int status, Headers headers, ObjectNode answer, JsonNode event) {
        answer.put("statusCode", status);
        ObjectNode joined = answer.putObject("headers");
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("Set-Cookie")) {
                answer.withArrayProperty("cookies").add(value);
            } else {
                joined.put(name, headers.joined(name).orElse(value));
            }
        });
    }
}
