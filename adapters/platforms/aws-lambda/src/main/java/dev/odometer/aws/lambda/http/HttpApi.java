package dev.odometer.aws.lambda.http;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** HTTP APIs with payload format 2.0, and function URLs, which use the same format. */
final class HttpApi implements Codec {

    private static final byte[] EMPTY = {};

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
        JsonNode http = RequestMembers.object(context, "http");
        return new HttpRequest(
                        RequestMembers.required(http, "method"),
                        path(event, context),
                        RequestMembers.text(event, "rawQueryString").orElse(null),
                        headers(event),
                        EMPTY)
                .from(RequestMembers.text(http, "sourceIp").orElse(""));
    }

    /**
     * Unlike function URLs and REST APIs, HTTP APIs decode the path, even the raw one, and prefix it with the stage. It
     * does not contain the base path of a custom domain.
     */
    private static String path(JsonNode event, JsonNode context) {
        String path = RequestMembers.required(event, "rawPath");
        boolean isUrl = RequestMembers.text(context, "domainName").orElse("").contains(".lambda-url.");
        return isUrl ? path : Target.path(Target.withoutStage(path, RequestMembers.text(context, "stage")));
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
    public void write(int status, Headers headers, ObjectNode response, JsonNode event) {
        response.put("statusCode", status);
        ObjectNode joined = response.putObject("headers");
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("Set-Cookie")) {
                response.withArrayProperty("cookies").add(value);
            } else {
                joined.put(name, headers.joined(name).orElse(value));
            }
        });
    }
}
