package dev.odometer.aws.lambda.http;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Translates the requests and replies of one source. */
interface Codec {

    /** Checks members that this source always sends and no other source does. */
    boolean matches(JsonNode event);

    /**
     * The request without its body.
     *
     * @throws dev.odometer.functions.refusal.Refusal when a part is missing or of the wrong type
     */
    HttpRequest head(JsonNode event);

    /** Whether the event is an authorizer's, which has the form of the request to authorize but is not one. */
    static boolean isAuthorizer(JsonNode event) {
        return event.has("methodArn") || event.has("routeArn");
    }

    /** Writes status and headers to the response, in the format of the source. */
    void write(int status, Headers headers, ObjectNode response, JsonNode event);
}
