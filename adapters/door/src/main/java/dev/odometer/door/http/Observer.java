package dev.odometer.door.http;

import java.time.Duration;

/** Observes every request after its reply is built, on the request's thread. It must be fast and must not throw. */
@FunctionalInterface
public interface Observer {

    void served(Served served);

    /**
     * A request and its result.
     *
     * @param method as sent
     * @param function the name of the function of the route; empty if none matched, or if the route is for pushes
     * @param route the template of the matched route, such as {@code /api/v1/meters/{id}}; empty if none matched
     * @param status of the reply
     * @param items the number of events in the body; 1 if the request was refused before its events could be counted
     * @param bytesIn the size of the body as sent, possibly compressed
     * @param bytesOut the size of the body of the reply
     * @param took the time from the complete request to the reply, without writing it
     */
    record Served(
            String method,
            String function,
            String route,
            int status,
            int items,
            long bytesIn,
            long bytesOut,
            Duration took) {

        private static final int FIRST_REFUSAL = 300;

        public boolean isSuccess() {
            return isSuccess(status);
        }

        static boolean isSuccess(int status) {
            return status < FIRST_REFUSAL;
        }
    }
}
