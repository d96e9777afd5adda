package dev.odometer.aws.lambda.http;

import dev.odometer.door.Headers;
import dev.odometer.door.HttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A REST API, and an HTTP API with payload format 1.0, which writes almost the same. */
final class RestApi implements Codec {

    private static final byte[] NOTHING = {};

    @Override
    public boolean matches(JsonNode event) {
        JsonNode context = event.path("requestContext");
        boolean isGateway = context.has("stage") || context.has("apiId");
        boolean isRequest = event.has("httpMethod") || event.has("path") || event.has("resource");
        return isGateway && isRequest && !context.has("elb") && !context.has("http") && !Codec.isAuthorizer(event);
    }

    @Override
    public HttpRequest head(JsonNode event) {
        var query = RequestMembers.collected(event, "multiValueQueryStringParameters", "queryStringParameters");
        return new HttpRequest(
                RequestMembers.required(event, "httpMethod"),
                path(event),
                query.isEmpty() ? null : Target.query(query),
                Headers.of(RequestMembers.collectedHeaders(event)),
                NOTHING);
    }

    private static String path(JsonNode event) {
        String path = RequestMembers.required(event, "path");
        boolean isHttpApi = event.path("version").asString("").equals("1.0");
        return isHttpApi ? HttpApi.path(path, RequestMembers.object(event, "requestContext")) : path;
    }

    /** Each name in one of the two maps only: a gateway would take both. */
    @Override
    public void write(int status, Headers headers, ObjectNode answer, JsonNode event) {
        answer.put("statusCode", status);
        ObjectNode single = answer.putObject("headers");
        headers.forEach((name, value) -> {
            if (headers.all(name).size() == 1) {
                single.put(name, value);
            } else {
                answer.withObjectProperty("multiValueHeaders")
                        .withArrayProperty(name)
                        .add(value);
            }
        });
    }
}
