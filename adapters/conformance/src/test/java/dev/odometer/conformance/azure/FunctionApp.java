package dev.odometer.conformance.azure;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.odometer.azure.HttpTriggers;
import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

/** The function app in this process: its instances come from its injector, found as the worker finds it. */
public final class FunctionApp {

    private final FunctionInstanceInjector injector;

    private FunctionApp(FunctionInstanceInjector injector) {
        this.injector = injector;
    }

    /** Starts it with those settings, given as environment variables. */
    public static FunctionApp start(Map<String, String> environment) throws Exception {
        var found = ServiceLoader.load(FunctionInstanceInjector.class).stream().toList();
        if (found.size() != 1) {
            throw new IllegalStateException("the worker takes one injector, not " + found.size());
        }
        var app = new FunctionApp(found.get(0).get());
        environment.forEach((name, value) -> System.setProperty(property(name), value));
        try {
            app.instance(HttpTriggers.class);
        } finally {
            environment.keySet().forEach(name -> System.clearProperty(property(name)));
        }
        return app;
    }

    private static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.').replace("pool.size", "pool-size");
    }

    public <T> T instance(Class<T> type) throws Exception {
        return injector.getInstance(type);
    }

    /** What a client gets: the host's own 404 for a verb that it has no word for, 500 when the worker throws. */
    public HttpReply send(HttpRequest request) throws Exception {
        HttpReply reply = ((HostResponse) instance(HttpTriggers.class).http(HostRequest.of(request))).reply();
        return request.method().equals("HEAD") ? new HttpReply(reply.status(), reply.headers(), new byte[0]) : reply;
    }
}
