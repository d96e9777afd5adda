package dev.odometer.conformance.azure;

import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.odometer.azure.functions.HttpTriggers;
import dev.odometer.azure.functions.Restart;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The function app in this process. Its instances come from its injector, which is looked up like in the worker. */
public final class FunctionApp {

    private static final Set<String> METHODS = methods();

    private final FunctionInstanceInjector injector;

    private FunctionApp(FunctionInstanceInjector injector) {
        this.injector = injector;
    }

    /** Starts the app with settings, given as environment variables. A previous one is stopped. */
    public static FunctionApp start(Map<String, String> environment) throws Exception {
        var found = ServiceLoader.load(FunctionInstanceInjector.class).stream().toList();
        if (found.size() != 1) {
            throw new IllegalStateException("the worker requires exactly one injector, found " + found.size());
        }
        Restart.now();
        var app = new FunctionApp(found.get(0).get());
        environment.forEach((name, value) -> System.setProperty(property(name), value));
        try {
            app.instance(HttpTriggers.class);
        } finally {
            environment.keySet().forEach(name -> System.clearProperty(property(name)));
        }
        return app;
    }

    /** The property of an environment variable: in properties of Odometer, the part after the second dot has dashes. */
    public static String property(String variable) {
        String name = variable.toLowerCase(Locale.ROOT);
        return name.startsWith("odometer_")
                ? name.replaceFirst("_", ".").replaceFirst("_", ".").replace('_', '-')
                : name.replace('_', '.');
    }

    public <T> T instance(Class<T> type) throws Exception {
        return injector.getInstance(type);
    }

    /**
     * The reply that a client gets, including the host's own 404 for a method without a function, and its 500 if the
     * worker fails.
     */
    public HttpReply send(HttpRequest request) throws Exception {
        if (!METHODS.contains(request.method())) {
            return refused(404);
        }
        HostRequest arrived;
        try {
            arrived = HostRequest.of(request);
        } catch (IllegalArgumentException noUri) {
            return refused(500);
        }
        HttpReply reply = ((HostResponse) instance(HttpTriggers.class).http(arrived)).reply();
        return request.method().equals("HEAD") ? new HttpReply(reply.status(), reply.headers(), new byte[0]) : reply;
    }

    private static HttpReply refused(int status) {
        return new HttpReply(status, Headers.NONE, new byte[0]);
    }

    /** The methods in the annotation of the HTTP trigger. */
    private static Set<String> methods() {
        return Stream.of(HttpTriggers.class.getMethods())
                .flatMap(method -> Stream.of(method.getParameters()))
                .filter(parameter -> parameter.isAnnotationPresent(HttpTrigger.class))
                .flatMap(parameter ->
                        Stream.of(parameter.getAnnotation(HttpTrigger.class).methods()))
                .map(Enum::name)
                .collect(Collectors.toSet());
    }
}
