package dev.odometer.azure.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Provides the Functions worker with trigger instances from an application context that is started once per process.
 * The worker requests an instance for every invocation, from many threads.
 */
public final class Injector implements FunctionInstanceInjector {

    private static final Object START = new Object();
    private static volatile @Nullable ConfigurableApplicationContext running;

    private final Supplier<ConfigurableApplicationContext> application;

    /** For the worker, which loads this class with {@link java.util.ServiceLoader}. */
    public Injector() {
        this(AzureApplication::start);
    }

    Injector(Supplier<ConfigurableApplicationContext> application) {
        this.application = application;
    }

    /**
     * The bean of the given type.
     *
     * @throws StartFailure when the application context does not start; the next invocation tries again
     */
    @Override
    public <T> T getInstance(Class<T> type) throws StartFailure {
        try {
            return context().getBean(type);
        } catch (Throwable failure) {
            // An Error would leave the host without a response until its timeout.
            throw new StartFailure(failure);
        }
    }

    private ConfigurableApplicationContext context() {
        var context = running;
        if (context != null) {
            return context;
        }
        synchronized (START) {
            context = running;
            if (context == null) {
                // Assigned only after a successful start; Spring closes a context that fails to start.
                context = application.get();
                running = context;
            }
            return context;
        }
    }

    /** For tests: closes the running application context. */
    static void forget() {
        synchronized (START) {
            if (running != null) {
                running.close();
            }
            running = null;
        }
    }

    /** The application context did not start. Always an {@link Exception}, even if the cause is an {@link Error}. */
    static final class StartFailure extends Exception {

        StartFailure(Throwable cause) {
            super("Odometer did not start: " + cause, cause);
        }
    }
}
