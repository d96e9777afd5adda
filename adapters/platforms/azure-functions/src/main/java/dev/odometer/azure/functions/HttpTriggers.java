package dev.odometer.azure.functions;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpRequest;
import java.util.Optional;

/** The trigger for HTTP requests. It is anonymous for the host, because the door checks API keys. */
public final class HttpTriggers {

    private final HttpDoor door;

    HttpTriggers(HttpDoor door) {
        this.door = door;
    }

    /** Takes requests with any path and any method that the worker's {@link HttpMethod} defines. */
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
                HttpMessages.bodyError(request)
                        .map(error -> door.replyTo(request, error))
                        .orElseGet(() -> door.handle(request)),
                message);
    }
}
