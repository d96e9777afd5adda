package com.example;

import jakarta.annotation.PostConstruct;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

/** Functions of a service in another package than the project's, with annotations that a plain start ignores. */
public final class Greeter {

    private Greeter() {}

    /** A field that only Spring's processing sets. */
    public static final class WithValue implements Function<String, String> {

        @Value("${greeting}")
        String greeting = "";

        @Override
        public String apply(String name) {
            return greeting + name;
        }
    }

    /** A method that only Spring's processing calls, in a superclass. */
    public static final class WithSetter extends Base implements Function<String, String> {

        @Override
        public String apply(String name) {
            return name;
        }
    }

    /** The superclass. */
    public abstract static class Base {

        @Autowired
        void prefix(String prefix) {}
    }

    /** A method that only Spring's processing calls. */
    public static final class WithCallback implements Function<String, String> {

        @PostConstruct
        void prepare() {}

        @Override
        public String apply(String name) {
            return name;
        }
    }

    /** A configuration without unsupported annotations. */
    @Configuration(proxyBeanMethods = false)
    public static class Module {

        @Bean
        String greeting() {
            return "hello";
        }
    }

    /** A class that only Spring's processing wraps. */
    @Validated
    public static final class WithProxy implements Function<String, String> {

        @Override
        public String apply(String name) {
            return name;
        }
    }
}
