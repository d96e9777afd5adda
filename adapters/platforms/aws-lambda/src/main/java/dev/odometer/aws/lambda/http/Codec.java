package dev.odometer.aws.lambda.http;

import dev.odometer.door.Headers;
import dev.odometer.door.HttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How one source writes a request and reads a reply. */
interface Codec {

    /** Looks at what this source always sends and no other does. */
    boolean matches(JsonNode event);

    /**
     * The request, but for its body.
     *
     * @throws dev.odometer.refusal.Refusal when a part is missing or of the wrong type
     */
    HttpRequest head(JsonNode event);

    /** Asks whether somebody may enter, in the form of the request that he made: no request itself. */
    static boolean isAuthorizer(JsonNode event) {
        return event.has("methodArn") || event.has("routeArn");
    }

    /** Puts status and headers into the answer, in the form that the sender of the event reads. */
    void write(int status, Headers headers, ObjectNode answer, JsonNode event);
}
