package dev.odometer.conformance.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * Finds {@code double} and {@code float} in byte code: as the type of a field, parameter, result or local variable, as
 * an operand, in arrays, and boxed, also as a type argument. An analysis of dependencies does not see primitive types.
 */
final class FloatingPoint extends ClassVisitor {

    private static final Pattern BOXED = Pattern.compile("Ljava/lang/(Double|Float);");

    private final List<String> uses = new ArrayList<>();
    private String name = "";

    private FloatingPoint() {
        super(SpringAsmInfo.ASM_VERSION);
    }

    /** The uses in a class, each with the class, the member and the kind of use. */
    static List<String> in(JavaClass type) {
        var uri = type.getSource().orElseThrow().getUri();
        try (InputStream bytes = uri.toURL().openStream()) {
            var visitor = new FloatingPoint();
            new ClassReader(bytes).accept(visitor, ClassReader.SKIP_FRAMES);
            return visitor.uses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void visit(
            int version, int access, String is, @Nullable String signature, String parent, String[] interfaces) {
        name = Type.getObjectType(is).getClassName();
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
        check(field, Type.getType(descriptor));
        checkSignature(field, signature);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
        check(method, Type.getMethodType(descriptor));
        checkSignature(method, signature);
        return new Code(method);
    }

    /** Type arguments, such as that of a list. */
    private void checkSignature(String member, @Nullable String signature) {
        if (signature != null && BOXED.matcher(signature).find()) {
            uses.add(name + "." + member + ": " + signature);
        }
    }

    private void check(String member, Type type) {
        switch (type.getSort()) {
            case Type.DOUBLE, Type.FLOAT -> uses.add(name + "." + member + ": " + type.getClassName());
            case Type.ARRAY -> check(member, type.getElementType());
            case Type.OBJECT -> {
                if (type.getClassName().equals("java.lang.Double")
                        || type.getClassName().equals("java.lang.Float")) {
                    uses.add(name + "." + member + ": " + type.getClassName());
                }
            }
            case Type.METHOD -> {
                check(member, type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    check(member, argument);
                }
            }
            default -> {
                // All other types are exact.
            }
        }
    }

    private final class Code extends MethodVisitor {

        private final String method;

        Code(String method) {
            super(SpringAsmInfo.ASM_VERSION);
            this.method = method;
        }

        @Override
        public void visitInsn(int opcode) {
            boolean floating = (opcode >= Opcodes.FCONST_0 && opcode <= Opcodes.DCONST_1)
                    || opcode == Opcodes.I2F
                    || opcode == Opcodes.I2D
                    || opcode == Opcodes.L2F
                    || opcode == Opcodes.L2D;
            if (floating) {
                uses.add(name + "." + method + ": a floating-point number");
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Double || value instanceof Float) {
                uses.add(name + "." + method + ": " + value);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY && (operand == Opcodes.T_DOUBLE || operand == Opcodes.T_FLOAT)) {
                uses.add(name + "." + method + ": an array of floating-point numbers");
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            check(method, Type.getObjectType(type));
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            check(method, Type.getType(descriptor));
        }

        @Override
        public void visitInvokeDynamicInsn(String called, String descriptor, Handle bootstrap, Object... arguments) {
            check(method, Type.getMethodType(descriptor));
            for (Object argument : arguments) {
                if (argument instanceof Type type) {
                    check(method, type);
                } else if (argument instanceof Handle handle && handle.getDesc().startsWith("(")) {
                    check(method, Type.getMethodType(handle.getDesc()));
                }
            }
        }

        @Override
        public void visitLocalVariable(
                String variable, String descriptor, @Nullable String signature, Label start, Label end, int index) {
            check(method, Type.getType(descriptor));
            checkSignature(method, signature);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String descriptor, boolean isInterface) {
            check(method, Type.getMethodType(descriptor));
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            check(method, Type.getType(descriptor));
        }
    }
}
