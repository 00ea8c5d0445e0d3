import Testing

@testable import LosslessJSON

@Test("an untouched text comes back byte for byte in the source style")
func untouchedTextComesBack() throws {
    let text = #" { "a" : [ 1.0 , 2 , {} , [] ] , "b\u0020" : "x\ud800" , "c": {"d": null} } "#
    let json = try JSON(parsing: text)
    #expect(json.text(.source) == #"{ "a" : [ 1.0 , 2 , {} , [] ] , "b\u0020" : "x\ud800" , "c": {"d": null} }"#)
}
