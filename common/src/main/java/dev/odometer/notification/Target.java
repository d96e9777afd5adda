package dev.odometer.notification;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a channel leads. */
public sealed interface Target {

    /** The kind's name, as the wire API has it. */
    String type();

    /**
     * An HTTP endpoint that gets signed POSTs, as standardwebhooks.com has them.
     *
     * @param url http or https
     * @param headers sent besides
     * @param secret {@code whsec_} and Base64
     * @param previousSecret signs beside the current one after a change of secrets
     * @param previousUntil when the previous one ends
     */
    record Webhook(
            String url,
            Map<String, String> headers,
            String secret,
            @Nullable String previousSecret,
            @Nullable Instant previousUntil)
            implements Target {

        public Webhook {
            headers = Map.copyOf(headers);
        }

        @Override
        public String type() {
            return "WEBHOOK";
        }

        /** No secret. */
        @Override
        public String toString() {
            return "WEBHOOK " + url;
        }
    }

    /** Mailboxes that get an e-mail each. */
    record Email(List<String> to) implements Target {

        public Email {
            to = List.copyOf(to);
        }

        @Override
        public String type() {
            return "EMAIL";
        }
    }
}
