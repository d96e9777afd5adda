package dev.odometer.azure.functions;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.odometer.door.HttpDoor;
import dev.odometer.door.HttpRequest;
import java.util.Optional;

/** Requests. API keys are the door's, so the host asks for none. */
public final class HttpTriggers {

    private final HttpDoor door;

    HttpTriggers(HttpDoor door) {
        this.door = door;
    }

    /** Every path and every method that the worker has a word for. */
    @FunctionName("http")
    public HttpResponseMessage http(
            @HttpTrigger(
                            name = "request",
                            route = "{*path}",
                            methods = {
                                HttpMethod.GET,
                                HttpMethod.HEAD,
                                HttpMethod.POST,
                                HttpMethod.PUT,
                                HttpMethod.PATCH,
                                HttpMethod.DELETE,
                                HttpMethod.OPTIONS
                            },
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> message) {
        HttpRequest request = HttpMessages.request(message);
        return HttpMessages.reply(
                HttpMessages.loss(request)
                        .map(loss -> door.refuse(request, loss))
                        .orElseGet(() -> door.handle(request)),
                message);
    }
}
