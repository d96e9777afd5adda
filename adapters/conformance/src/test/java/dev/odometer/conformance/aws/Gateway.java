package dev.odometer.conformance.aws;

import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
import java.util.List;

/** What stands in front of the function: makes an event of a request, and of the function's answer a reply. */
public interface Gateway {

    /** All that there are, by the names that the documentation has for them. */
    static List<Gateway> all() {
        return List.of(
                new RestApi(), new HttpApi("prod"), new FunctionUrl(), new LoadBalancer(false), new LoadBalancer(true));
    }

    String name();

    /** The longest event that it sends to a function, in bytes: Lambda's own limit unless it has a lower one. */
    default int longestEvent() {
        return 6 * 1024 * 1024;
    }

    /** The longest answer that it takes from a function, in bytes. */
    default int longestAnswer() {
        return 6 * 1024 * 1024;
    }

    /** The event. */
    byte[] event(HttpRequest request);

    /** The reply; 502 or 500 where the answer is none that it understands. */
    HttpReply reply(byte[] answer);
}
