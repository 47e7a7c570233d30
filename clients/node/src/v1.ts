// The contract: messages and stubs, generated from proto/kutip/v1.
export * from "./gen/kutip/v1/annotation.js";
export {
  AnnotateRequest,
  AnnotateResult,
  AnnotateStreamRequest,
  AnnotateStreamResponse,
  AnnotationServiceClient,
  AnnotationServiceService,
  BatchAnnotateRequest,
  BatchAnnotateResponse,
  GetServerInfoRequest,
  GetServerInfoResponse,
  Language,
  Limits,
} from "./gen/kutip/v1/annotation_service.js";
export * as rules from "./gen/kutip/v1/rule_service.js";
