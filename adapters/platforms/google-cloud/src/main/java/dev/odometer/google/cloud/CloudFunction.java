package dev.odometer.google.cloud;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.odometer.door.http.HttpDoor;
import java.io.IOException;

/**
 * The entry point of every deployment: {@code FUNCTION_TARGET=dev.odometer.google.cloud.CloudFunction}. The
 * constructor starts the application context, once per process.
 */
public final class CloudFunction implements HttpFunction {

    private final HttpDoor door;

    /** For the Functions Framework. */
    public CloudFunction() {
        this(GoogleApplication.start().getBean(HttpDoor.class));
    }

    CloudFunction(HttpDoor door) {
        this.door = door;
    }

    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        Exchange.answer(door.handle(Exchange.request(request, door.maxBodyBytes())), response);
    }
}
