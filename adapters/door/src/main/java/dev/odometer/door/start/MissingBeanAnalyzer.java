package dev.odometer.door.start;

import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.StartRefusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Names the setting of the file store where Spring Boot would suggest to define a bean. Other missing beans are left to
 * Spring Boot, which has more to say about its own.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingBeanAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final Environment environment;

    MissingBeanAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, NoSuchBeanDefinitionException missing) {
        if (missing.getBeanType() != FileStore.class) {
            return null;
        }
        StartRefusal refusal = refusal(failure, missing, environment);
        return new FailureAnalysis(String.valueOf(refusal.getMessage()), refusal.action(), failure);
    }

    /** The refusal to start without the bean, for platforms without Spring Boot's analyzers. */
    static StartRefusal refusal(Throwable failure, NoSuchBeanDefinitionException missing, Environment environment) {
        String needed = user(failure) + " needs a bean of the type "
                + (missing.getBeanType() == null
                        ? missing.getBeanName()
                        : missing.getBeanType().getName());
        if (missing.getBeanType() != FileStore.class) {
            return new StartRefusal(needed + ", and there is none", "Add a @Bean method to an auto-configuration.");
        }
        return new StartRefusal(
                needed + ", and odometer.files.store is " + environment.getProperty("odometer.files.store", "not set"),
                "Set it (ODOMETER_FILES_STORE) to folder, s3, azure or google, and add the module of that store.");
    }

    /** The bean whose dependency is missing: that of the innermost exception that names one. */
    private static String user(Throwable failure) {
        String user = "The application";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsatisfiedDependencyException unsatisfied) {
                user = "The bean " + unsatisfied.getBeanName();
            }
        }
        return user;
    }
}
