package kutip

import (
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Error tells why a text, or a whole call, could not be answered. Get it by errors.As.
type Error struct {
	// Code is gRPC's status.
	Code codes.Code
	// Reason tells programs what went wrong: TEXT_TOO_LARGE. The name of the status, DEADLINE_EXCEEDED, if the server gave
	// no reason.
	Reason string
	// Message is the same for people.
	Message string
	// Metadata are details of the reason: {"limit_bytes": "1048576"}.
	Metadata map[string]string
	// Fields of the request at fault.
	Fields []FieldViolation
	// RetryDelay is the time after which the server wants the call to be tried again; 0 if it did not say.
	RetryDelay time.Duration

	status *status.Status
}

// FieldViolation is a field of a request with what is wrong with it.
type FieldViolation struct{ Field, Description string }

func (e *Error) Error() string {
	if e.Message == "" {
		return e.Reason
	}
	return e.Reason + ": " + e.Message
}

// GRPCStatus lets package status read the error.
func (e *Error) GRPCStatus() *status.Status { return e.status }

// errorOfCall is the error of a call, whether the server or gRPC itself gave it; nil if err is.
func errorOfCall(err error) error {
	if err == nil {
		return nil
	}
	return newError(status.Convert(err))
}

// errorOfText is the error of one text among several.
func errorOfText(proto *spb.Status) *Error { return newError(status.FromProto(proto)) }

func newError(s *status.Status) *Error {
	e := &Error{Code: s.Code(), Reason: name(s.Code()), Message: s.Message(), status: s}
	for _, detail := range s.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			e.Reason, e.Metadata = detail.GetReason(), detail.GetMetadata()
		case *errdetails.BadRequest:
			for _, violation := range detail.GetFieldViolations() {
				e.Fields = append(e.Fields, FieldViolation{violation.GetField(), violation.GetDescription()})
			}
		case *errdetails.RetryInfo:
			e.RetryDelay = detail.GetRetryDelay().AsDuration()
		}
	}
	return e
}

// name is the code as the contract writes it.
func name(code codes.Code) string {
	names := [...]string{"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
		"PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
		"INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"}
	if int(code) < len(names) {
		return names[code]
	}
	return "UNKNOWN"
}
