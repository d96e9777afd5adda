package dev.odometer.conformance.aws;

import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.util.List;

/** A gateway in front of the function: it converts a request to an event, and the function's response to a reply. */
public interface Gateway {

    /** All gateways, by the names in the documentation. */
    static List<Gateway> all() {
        return List.of(
                new RestApi(), new HttpApi("prod"), new FunctionUrl(), new LoadBalancer(false), new LoadBalancer(true));
    }

    String name();

    /** The maximum length of an event, in bytes: Lambda's own limit unless the gateway's is lower. */
    default int longestEvent() {
        return 6 * 1024 * 1024;
    }

    /** The maximum length of a response from a function, in bytes. */
    default int longestAnswer() {
        return 6 * 1024 * 1024;
    }

    /** The event of a request. */
    byte[] event(HttpRequest request);

    /** The reply of a response; 502 or 500 if the gateway cannot parse the response. */
    HttpReply reply(byte[] answer);
}
