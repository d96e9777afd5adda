package dev.odometer.conformance.orders;

import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** The service on one platform. Every method uses the platform's own trigger, and fails if the platform would retry. */
interface Service extends AutoCloseable {

    HttpReply send(HttpRequest request) throws Exception;

    /** Delivers a message to the channel {@code payments}. */
    void deliver(String message) throws Exception;

    /** Puts a file into the file store, and notifies the channel {@code price-lists} of it. */
    void upload(String name, String content) throws Exception;

    /** Calls the schedule {@code cancelUnpaid}. */
    void tick(Instant due) throws Exception;

    /** The contents of the files that the service has written as dead letters. */
    List<String> deadLetters() throws Exception;

    @Override
    void close() throws IOException;
}
